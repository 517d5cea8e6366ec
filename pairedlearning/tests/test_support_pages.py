"""The administrator reads who did what, and never who confided something: not that a note is kept, nor a reflection."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import audit
from accounts.models import AuditRecord
from cohorts.actions import answer_word, say_word
from cohorts.tests.factories import AdministratorFactory, LeadFactory
from conversations.actions import write_note
from conversations.tests.factories import held
from pairs.actions import name_in_private, say_how_it_goes, take_back
from pairs.choices import Point
from pairs.tests.conftest import two
from projects.actions import edit_review, write_review
from projects.choices import Shape
from projects.tests.worlds import begun, milestone_of
from shadowing import actions as shadowing_actions
from shadowing.tests.reflecting import reflected, shared

__all__ = ["two"]
pytestmark = pytest.mark.django_db
CONFIDED = {
    "cohorts.confidentialword": {"said a word to the leads in confidence", "dealt with a word in confidence"},
    "conversations.note": {"kept a private note"},
    "pairs.privateword": {"named somebody in private", "took back what was named in private"},
    "pairs.pulse": {"said how a pairing goes"},
    "projects.review": {"reviewed a milestone", "changed a review"},
    "shadowing.reflection": {
        "wrote a reflection",
        "changed a reflection",
        "shared a reflection with the partner",
        "stopped sharing a reflection",
        "offered a reflection to the evaluation",
        "took a reflection back from the evaluation",
        "redacted a reflection",
        "deleted a reflection",
    },
}
# Of these no line is written at all: with a name and a moment it would say who answered.
UNWRITTEN = {"workshops.asked", "workshops.feedback", "workshops.need"}


@pytest.fixture
def confiding(two):
    """A doctor who has done each of these things, beside an ordinary one."""
    _, pair, doctor, _ = two
    now, by = timezone.now(), doctor.user
    conversation = held(pair, by, note="Mine alone")
    write_note(conversation=conversation, words="", by=by)
    lead = LeadFactory(cohort=pair.cohort).user
    word = say_word(author=doctor, words="I do not feel safe", by=by, now=now)
    answer_word(word=word, by=lead, now=now)
    made = reflected(doctor)
    shadowing_actions.change_reflection(reflection=made, answers={"take": "Other words"}, by=by, now=now)
    shadowing_actions.unshare_reflection(reflection=shared(doctor), by=by)
    shadowing_actions.offer_reflection(reflection=made, may_quote=False, by=by, now=now)
    shadowing_actions.take_reflection_back(reflection=made, by=by)
    shadowing_actions.redact_reflection(reflection=made, by=by, now=now)
    shadowing_actions.delete_reflection(reflection=made, by=by)
    take_back(word=name_in_private(participant=doctor, words="Kim Elm", by=by), by=by)
    say_how_it_goes(pair=pair, point=Point.MONTH, met_enough=1, works_for_me=1, is_not_working=True, by=by, now=now)
    said = {"strong": "The aim", "worries": "", "ask": "", "next_words": ""}
    project = begun(pair, pair.memberships.exclude(participant=doctor).get().participant, shape=Shape.FRIEND)
    review = write_review(milestone=milestone_of(project), by=by, now=now, **said)
    edit_review(review=review, by=by, now=now, **{**said, "ask": "Who goes on?"})
    return doctor


def test_the_record_is_whole_and_the_administrator_reads_what_is_nobodys_secret(confiding, client):
    kept: dict[str, set[str]] = {}
    for line in AuditRecord.objects.all():
        kept.setdefault(line.subject_kind, set()).add(line.did)
    assert {kind: kept[kind] for kind in CONFIDED} == CONFIDED  # written down, for whoever has to prove it later
    assert set(audit.confided_kinds()) == {*CONFIDED, *UNWRITTEN}
    assert not UNWRITTEN & kept.keys()
    client.force_login(AdministratorFactory())
    page = client.get(reverse("admin:accounts_auditrecord_changelist")).content.decode()
    assert "logged a conversation" in page
    assert [did for dids in CONFIDED.values() for did in dids if did in page] == []
    for line in AuditRecord.objects.all():
        answer = client.get(reverse("admin:accounts_auditrecord_change", args=[line.pk]))
        assert answer.status_code == (302 if line.subject_kind in CONFIDED else 200), line
