"""What every test may use."""

import os
import shutil

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


@pytest.hookimpl(tryfirst=True)  # before `-m` is looked at
def pytest_collection_modifyitems(config, items):
    """Tests that use a page need Chromium: without it they are deselected and counted."""
    for item in items:
        if "page" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
    if CHROMIUM:
        return
    in_browser = [item for item in items if item.get_closest_marker("browser")]
    if in_browser and os.environ.get("REQUIRE_BROWSER"):
        raise pytest.UsageError("REQUIRE_BROWSER is set and no Chromium was found.")
    if in_browser:
        config.hook.pytest_deselected(items=in_browser)
        items[:] = [item for item in items if item not in in_browser]
        config.stash[LEFT_OUT] = len(in_browser)


LEFT_OUT = pytest.StashKey[int]()


def pytest_terminal_summary(terminalreporter, config):
    if left_out := config.stash.get(LEFT_OUT, 0):
        terminalreporter.write_line(f"{left_out} browser tests were left out: no Chromium on this machine.")


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
