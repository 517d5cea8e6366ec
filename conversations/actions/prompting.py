"""A lead edits the questions that her cohort begins with."""

import secrets

from django.db import transaction

from accounts import audit
from cohorts.actions.turns import take_turn
from cohorts.models import Cohort
from conversations.models import Prompt
from conversations.starters import STANDARD
from elements.refusals import Refusal


class NoSuchPrompt(Refusal):
    """The cohort has no question of this code."""


def _rows(cohort: Cohort) -> list[Prompt]:
    """The cohort's own rows, under its lock; before the first change they are copied from the standard ones."""
    take_turn(cohort)
    mine = list(Prompt.objects.filter(cohort=cohort).in_order())
    if not mine:
        mine = Prompt.objects.bulk_create(
            Prompt(cohort=cohort, month=each.month, code=each.code, words=each.words, order=place)
            for place, each in enumerate(STANDARD)
        )
    return mine


def _row(cohort: Cohort, code: str) -> Prompt:
    return _of_code(_rows(cohort), code)


def _of_code(rows: list[Prompt], code: str) -> Prompt:
    for row in rows:
        if row.code == code:
            return row
    raise NoSuchPrompt("This question is not in the list any more.")


def _said(cohort: Cohort, did: str, by) -> None:
    audit.record(by=by, did=did, on=cohort, scope=cohort.pk)


@transaction.atomic
def add_prompt(*, cohort: Cohort, month: int, words: str, by) -> Prompt:
    """One more question, at the end of its month."""
    rows = _rows(cohort)
    prompt = Prompt(cohort=cohort, month=month, code=f"own-{secrets.token_hex(4)}", words=words, order=0)
    place = next((at for at, each in enumerate(rows) if each.month > month), len(rows))
    _number([*rows[:place], prompt, *rows[place:]])
    _said(cohort, "added a prompt", by)
    return prompt


@transaction.atomic
def change_prompt(*, cohort: Cohort, code: str, month: int, words: str, by) -> Prompt:
    """Other words, another month, at whose end it stands then. Raises NoSuchPrompt."""
    rows = _rows(cohort)
    prompt = _of_code(rows, code)
    if month != prompt.month:
        rows.remove(prompt)
        rows.append(prompt)
    prompt.month, prompt.words = month, words
    _number(sorted(rows, key=lambda each: each.month))
    _said(cohort, "changed a prompt", by)
    return prompt


@transaction.atomic
def switch_prompt(*, cohort: Cohort, code: str, active: bool, by) -> Prompt:
    """Suggest it again, or no longer; where it was used its words stay. Raises NoSuchPrompt."""
    prompt = _row(cohort, code)
    prompt.is_active = active
    prompt.save(update_fields=["is_active"])
    _said(cohort, "switched on a prompt" if active else "switched off a prompt", by)
    return prompt


@transaction.atomic
def move_prompt(*, cohort: Cohort, code: str, up: bool, by) -> Prompt:
    """One place up or down within its month; at the end nothing happens. Raises NoSuchPrompt."""
    rows = _rows(cohort)
    prompt = _of_code(rows, code)
    place = rows.index(prompt)
    other = place - 1 if up else place + 1
    if 0 <= other < len(rows) and rows[other].month == prompt.month:
        rows[place], rows[other] = rows[other], rows[place]
        _number(rows)
        _said(cohort, "moved a prompt", by)
    return prompt


@transaction.atomic
def reset_prompts(*, cohort: Cohort, by) -> None:
    """Back to the standard ones. Own ones are switched off: where they were used, their words stay."""
    rows = {row.code: row for row in _rows(cohort)}
    standard = []
    for each in STANDARD:
        row = rows.pop(each.code, None) or Prompt(cohort=cohort, code=each.code)
        row.month, row.words, row.is_active = each.month, each.words, True
        standard.append(row)
    for row in rows.values():
        row.is_active = False
    _number(sorted([*standard, *rows.values()], key=lambda each: each.month))
    _said(cohort, "went back to the standard prompts", by)


def _number(rows: list[Prompt]) -> None:
    for place, row in enumerate(rows):
        row.order = place
        row.save()
