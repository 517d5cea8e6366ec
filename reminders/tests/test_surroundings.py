"""compose.yaml, the image and the example of the surroundings say what is true of the code."""

import ast
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

ROOT = Path(settings.BASE_DIR)
COMPOSE = (ROOT / "compose.yaml").read_text()
READERS = {"str", "int", "bool", "list", "db_url", "read_secret", "read_redis", "get"}
NOT_OURS = {"POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD", "REDIS_PASSWORD", "REDISCLI_AUTH"}  # of the images
NOT_YET_READ = {"PSEUDONYM_KEY"}  # made on the first day, so that no installation lacks it when the evaluation comes
OF_A_PROCESS = {"DJANGO_SETTINGS_MODULE"}


def services() -> dict[str, str]:
    """{service: its lines} of compose.yaml, which is written plainly enough for this."""
    block = COMPOSE.partition("\nservices:\n")[2].partition("\nvolumes:\n")[0]
    parts = re.split(r"^  (\w+):\n", block, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def commands() -> dict[str, list[str]]:
    found = {name: re.search(r"^    command: (.+)$", text, re.MULTILINE) for name, text in services().items()}
    return {name: shlex.split(match.group(1)) for name, match in found.items() if match}


def names_read() -> set[str]:
    """Every name that our code reads from the environment."""
    names = set()
    apps = [*settings.ELEMENTS, *settings.FLOORS, "pairedlearning"]
    for path in (path for app in apps for path in (ROOT / app).rglob("*.py") if "tests" not in path.parts):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                reader = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                name = node.args[0].value
                # Of what has a `get`, the environment alone is meant: rotas have names in capitals as well.
                is_read = reader in READERS and (reader != "get" or ast.unparse(node.func.value).endswith("environ"))
                if is_read and isinstance(name, str) and re.fullmatch(r"[A-Z][A-Z_]+", name):
                    names.add(name)
    source = (ROOT / "pairedlearning" / "surroundings.py").read_text()
    return (names | set(re.findall(r'env\.\w+\("([A-Z_]+)"', source))) - OF_A_PROCESS


def test_compose_has_the_five_parts():
    assert list(services()) == ["web", "worker", "beat", "db", "redis"]


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_each_command_of_compose_exists(name):
    program, *words = commands()[name]
    if program == "python":
        assert words[0] == "manage.py"
        assert get_commands()[words[1]] == "reminders"
        done = subprocess.run(  # noqa: S603 our own command
            [sys.executable, "manage.py", words[1], "--help"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        assert all(word in done.stdout for word in words[2:])
    else:
        assert (program, words[:2]) == ("celery", ["-A", "pairedlearning"])
        from celery.bin.celery import celery

        options = {option for one in celery.commands[words[2]].params for option in one.opts}
        assert {word.partition("=")[0] for word in words[3:] if word.startswith("--")} <= options


def test_what_compose_sets_is_read():
    set_there = set(re.findall(r"^\s+([A-Z_]+):", COMPOSE, re.MULTILINE)) - NOT_OURS
    assert set_there <= names_read()
    assert {"DATABASE_URL", "REDIS_URL"} <= set_there


def test_redis_drops_nothing_and_asks_for_a_password():
    assert {"--requirepass", "--appendonly", "--maxmemory-policy", "noeviction"} <= set(commands()["redis"])


def test_the_example_names_what_is_read_and_nothing_else():
    example = re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert sorted(example) == sorted((names_read() - {"DEMO_PASSWORD"}) | NOT_YET_READ)


def test_the_image_runs_a_command_that_exists():
    (words,) = re.findall(r"^CMD (.+)$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert ast.literal_eval(words) == commands()["web"]


def test_the_server_script_is_plain_shell():
    script = ROOT / "script" / "server"
    assert script.read_text().startswith("#!/bin/sh\n")
    assert script.stat().st_mode & 0o111
    subprocess.run(["sh", "-n", script], check=True)  # noqa: S603, S607 reads it only
