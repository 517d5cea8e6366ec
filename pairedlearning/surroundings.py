"""What is read from the environment, each value by a reader that refuses a wrong one in words."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
LOOPBACK = {"localhost", "127.0.0.1", "::1"}

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")


@dataclass(frozen=True)
class Site:
    """Where people reach the installation: `http://localhost:8000` means local mode."""

    url: str
    host: str
    is_local: bool


def read_site() -> Site:
    """Read SITE_URL; refuse anything that is not scheme and host."""
    url = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
        raise ImproperlyConfigured(f"SITE_URL must look like https://pairs.example.org, not {url!r}.")
    is_local = parts.hostname in LOOPBACK
    if parts.scheme == "http" and not is_local:
        raise ImproperlyConfigured("SITE_URL must begin with https:// unless it is http://localhost.")
    return Site(url=url, host=parts.hostname, is_local=is_local)


def read_secret(name: str) -> str:
    """Read a secret of at least 50 characters; there is no default."""
    value = env.str(name, default="")
    if len(value) < 50:
        raise ImproperlyConfigured(
            f"{name} must be set in the environment to at least 50 random characters. "
            "script/server makes one for a machine of your own."
        )
    return value


def read_redis(name: str) -> str:
    """Read a Redis address; refuse one without password beyond this machine."""
    url = env.str(name, default="")
    if not url:
        return ""
    parts = urlsplit(url)
    is_far = parts.scheme != "unix" and parts.hostname not in LOOPBACK
    if is_far and not parts.password:
        raise ImproperlyConfigured(f"{name} names a Redis on another machine without a password.")
    return url
