"""What every test may use."""

import gc
import os
import shutil
import sys

import pytest
from hypothesis import HealthCheck, settings

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)

settings.register_profile(
    "quick", max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), database=None
)
settings.register_profile(
    "full", max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck), database=None
)


def pytest_addoption(parser):
    parser.addoption("--pictures", action="store_true", help="take the pictures of the README anew")
    parser.addoption("--full", action="store_true", help="long figures: fuzz and chaos with their full counts")


def pytest_configure(config):
    settings.load_profile("full" if config.getoption("--full") else "quick")


WITHOUT = {
    "browser": "no Chromium on this machine",
    "linux": "memory is read from Linux's /proc",
    "postgres": "SQLite lets one write at a time anyway; DATABASE_URL names no PostgreSQL",
    "sqlite": "what PostgreSQL refuses to hold by itself",
    "redis": "REDIS_TEST_URL names no Redis",
    "full": "long figures, which --full asks for",
}
LEFT_OUT = pytest.StashKey[dict[str, int]]()
IN_A_BROWSER = {"page", "browser", "context"}


@pytest.hookimpl(tryfirst=True)  # before `-m` is looked at
def pytest_collection_modifyitems(config, items):
    """Browser tests need Chromium, long figures are asked for: what is left out is counted."""
    for item in items:
        if IN_A_BROWSER & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)
    if not CHROMIUM and os.environ.get("REQUIRE_BROWSER"):
        raise pytest.UsageError("REQUIRE_BROWSER is set and no Chromium was found.")
    has_none = {
        "browser": not CHROMIUM,
        "linux": not sys.platform.startswith("linux"),
        "postgres": "postgres" not in os.environ.get("DATABASE_URL", ""),
        "sqlite": "postgres" in os.environ.get("DATABASE_URL", ""),
        "redis": not os.environ.get("REDIS_TEST_URL"),
        "full": not config.getoption("--full"),
    }
    for marker, is_so in has_none.items():
        leave_out(config, items, marker, is_so)


def pytest_collection_finish():
    """Everything that is imported by now lives as long as the run: a tenth of its time went into looking it through."""
    gc.collect()
    gc.freeze()


def leave_out(config, items, marker: str, is_so: bool) -> None:
    found = [item for item in items if item.get_closest_marker(marker)] if is_so else []
    if found:
        config.hook.pytest_deselected(items=found)
        items[:] = [item for item in items if item not in found]
    config.stash.setdefault(LEFT_OUT, {})[marker] = len(found)


def pytest_sessionfinish(session):
    """Each worker has collected everything: it tells the first process what it left out."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = session.config.stash.get(LEFT_OUT, {})


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    node.config.stash[LEFT_OUT] = getattr(node, "workeroutput", {}).get("left_out", {})


def pytest_terminal_summary(terminalreporter, config):
    for marker, count in config.stash.get(LEFT_OUT, {}).items():
        if count:
            terminalreporter.write_line(f"{count} left out: {WITHOUT[marker]}")


@pytest.fixture
def is_full(request) -> bool:
    """Whether the long figures were asked for."""
    return request.config.getoption("--full")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's Chromium, without its background traffic."""
    quiet = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--disable-gpu",
        "--disable-quic",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        quiet.append("--no-sandbox")
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": quiet}


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """The hash that protects passwords is slow by design; a test that is about it asks for the real one."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
