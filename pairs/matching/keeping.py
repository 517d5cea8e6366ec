"""Keeping a run: Problem and Solution as plain JSON values and back, so that it can be checked later."""

from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache

from pairs.matching.problem import Bar, Lock, Person, Problem, SideLabel
from pairs.matching.refusals import MatchingError
from pairs.matching.solution import Objective, Pairing, Proof, Solution, Stage

_PARTS = {
    "people": Person,
    "bars": Bar,
    "locks": Lock,
    "labels": SideLabel,
    "pairings": Pairing,
    "objective": Objective,
    "proof": Proof,
    "stages": Stage,
}
_DATES = ("starts_on", "ends_on", "leaves_on")


def to_json(value):
    """A Problem or Solution as a dict of plain JSON values, marked with its kind."""
    return {"kind": type(value).__name__.lower(), **_plain(value)}


def from_json(kept):
    """The Problem or Solution of a dict made by ``to_json``. Raises MatchingError when it is neither."""
    kinds = {"problem": Problem, "solution": Solution}
    if not isinstance(kept, dict) or kept.get("kind") not in kinds:
        raise MatchingError("This is not a kept run.")
    try:
        return _built(kinds[kept["kind"]], {name: value for name, value in kept.items() if name != "kind"})
    except MatchingError:
        raise
    except (TypeError, KeyError, AttributeError, ValueError) as error:
        raise MatchingError("This kept run cannot be read.") from error


def _plain(value):
    if value is None or isinstance(value, (str, int)):
        return value
    if names := _names(type(value)):  # type: ignore[arg-type]  # mypy's fault: every class can be hashed
        return {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if hasattr(value, "items"):
        return dict(value)
    return value


@cache
def _names(kind):
    """The fields of a dataclass, none for anything else; asked once for each kind, not for each person."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


def _built(kind, kept):
    return kind(**{name: _value(name, value) for name, value in kept.items()})


def _value(name, value):
    if name in _PARTS:
        return (
            tuple(_built(_PARTS[name], item) for item in value)
            if isinstance(value, list)
            else _built(_PARTS[name], value)
        )
    if name in _DATES:
        return value and date.fromisoformat(value)
    return _frozen(value)


def _frozen(value):
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
