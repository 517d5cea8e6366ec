"""Plain words with placeholders: filled once, refused in words, the same for ours, a cohort's and one message's."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from elements.registry import kind_named, kinds
from reminders import actions, delivery, outbox
from reminders.choices import State
from reminders.markup import as_html
from reminders.models import Edit, LocalLetter, Message, Wording
from reminders.tests import trial
from reminders.wording import Words, example, fill, problems, standard

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("trial_kinds")]
SCOPE = uuid.uuid4()
OWN = Words("Now: {{ what }}", "Do {{ what }} here: {{ link }}")


@pytest.fixture
def ann():
    return User.objects.create(email="ann@trust.example", name="Ann")


def posted(ann, scope=SCOPE) -> Message:
    with transaction.atomic():
        key = uuid.uuid4().hex
        return outbox.post(kind="trial.meeting_words", to=ann, ref={"about": "it"}, key=key, scope=scope)


@pytest.fixture(autouse=True)
def worded_kind(trial_kinds, monkeypatch):
    """The kind `asked_for` without being a nudge: quiet hours have no part in these tests."""
    kind = replace(kind_named("trial.asked_for"), name="trial.meeting_words", nudge=False)
    monkeypatch.setattr(trial.Trial, "messages", (*trial.Trial.messages, kind))
    for name in ("subject.txt", "body.txt"):
        text = trial.TEMPLATES[f"trial/emails/asked_for/{name}"]
        monkeypatch.setitem(trial.TEMPLATES, f"trial/emails/meeting_words/{name}", text)
    return kind


def letter() -> LocalLetter:
    delivery.send_round()
    return LocalLetter.objects.get()


def test_ours_a_cohorts_and_one_messages(ann, worded_kind):
    posted(ann, scope=None)
    actions.set_wording(scope=SCOPE, kind=worded_kind, words=OWN, by=ann)
    posted(ann)
    for_one = posted(ann)
    actions.edit_message(message=for_one, words=Words("Ann, {{ what }}", "{{ link }}"), by=ann)
    delivery.send_round()
    assert sorted(LocalLetter.objects.values_list("subject", flat=True)) == ["Ann, it", "Now: it", "Please do it"]
    assert set(Message.objects.values_list("state", flat=True)) == {State.SENT}


def test_back_to_the_standard_words(ann, worded_kind):
    actions.set_wording(scope=SCOPE, kind=worded_kind, words=OWN, by=ann)
    actions.drop_wording(scope=SCOPE, kind=worded_kind, by=ann)
    posted(ann)
    assert letter().subject == "Please do it"


def test_saving_the_standard_words_keeps_none(ann, worded_kind):
    actions.set_wording(scope=SCOPE, kind=worded_kind, words=OWN, by=ann)
    assert actions.set_wording(scope=SCOPE, kind=worded_kind, words=standard(worded_kind), by=ann) is None
    assert not Wording.objects.exists()


def test_another_cohort_keeps_its_own(ann, worded_kind):
    actions.set_wording(scope=uuid.uuid4(), kind=worded_kind, words=OWN, by=ann)
    posted(ann)
    assert letter().subject == "Please do it"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (Words("{{ secret }}", "{{ link }}"), [("subject", "{{ secret }} is not one of the placeholders")]),
        (Words("a", "{{ link }} {{ nope }}"), [("body", "{{ nope }} is not one of the placeholders")]),
        (Words("a", "no fact left"), [("body", "The text must keep {{ link }}: the page where it is done")]),
        (Words("a", "{% load x %}{{ link }}"), [("body", "no other curly brackets")]),
        (Words("a", "{{ link|safe }}{{ link }}"), [("body", "no other curly brackets")]),
        (Words("a", "{{ to.password }}{{ link }}"), [("body", "no other curly brackets")]),
        (Words("a", "{# x #}{{ link }}"), [("body", "no other curly brackets")]),
        (Words("%s {0} ${x} <%= 1 %>", "{{link}}"), []),
    ],
)
def test_what_is_refused(worded_kind, words, found):
    seen = list(problems(worded_kind, words))
    assert [field for field, _ in seen] == [field for field, _ in found]
    assert all(part in sentence for (_, sentence), (_, part) in zip(seen, found, strict=True))


def test_a_fact_is_never_looked_at_again():
    assert fill("{{ a }}", {"a": "{{ b }} {% x %}", "b": "never"}) == "{{ b }} {% x %}"


def test_a_fact_in_html_is_escaped(ann):
    message = posted(ann)
    Message.objects.filter(pk=message.pk).update(ref={"about": "<b>&</b>"})
    found = letter()
    assert "<b>" not in found.html
    assert "&lt;b&gt;&amp;&lt;/b&gt;" in found.html
    assert found.subject == "Please do <b>&</b>"


def test_a_message_that_has_gone_cannot_be_edited(ann):
    message = posted(ann)
    delivery.send_round()
    with pytest.raises(outbox.CannotMove, match="The message is sent"):
        actions.edit_message(message=message, words=OWN, by=ann)
    assert not Edit.objects.exists()


def test_sent_again_it_says_what_a_lead_had_made_of_it(ann):
    message = posted(ann)
    actions.edit_message(message=message, words=Words("Ann, {{ what }}", "{{ link }}"), by=ann)
    Message.objects.update(state=State.FAILED)
    outbox.send_again(message=message, by=ann)
    assert letter().subject == "Ann, it"


def test_what_has_become_too_late_is_not_sent_again(ann):
    message = posted(ann)
    soon = timezone.now() + timedelta(hours=1)
    Message.objects.update(state=State.FAILED, expires_at=soon)
    assert outbox.send_again(message=message, by=ann).expires_at == soon
    Message.objects.filter(key=message.key).update(expires_at=timezone.now() - timedelta(minutes=1))
    Message.objects.exclude(key=message.key).delete()
    with pytest.raises(outbox.CannotMove, match="too late"):
        outbox.send_again(message=message, by=ann)


def test_what_holds_a_secret_or_is_counted_has_no_words_to_change(ann):
    for name in ("reminders.account_message", "trial.hidden", "trial.asked"):
        with pytest.raises(actions.CannotSay, match="cannot be changed"):
            actions.set_wording(scope=SCOPE, kind=kind_named(name), words=OWN, by=ann)


def test_the_standard_words_of_every_kind_can_be_saved_and_filled():
    for kind in kinds():
        if kind.has_wording and not kind.name.startswith("trial."):
            assert list(problems(kind, standard(kind))) == [], kind.name
            assert "{{" not in standard(kind).filled(example(kind)).body, kind.name
            assert kind.why, f"{kind.name} says why it is sent"


def test_a_line_before_a_lone_address_is_its_link():
    text = "Hello <b>,\n\nRead on\nYour page:\nhttps://pairs.example/a?b=1&c=2\n\nBye: https://x.example. Or a@b.org"
    assert as_html(text).split("\n") == [
        "<p>Hello &lt;b&gt;,</p>",
        "<p>Read on<br>",
        '<a href="https://pairs.example/a?b=1&amp;c=2">Your page</a></p>',
        '<p>Bye: <a href="https://x.example">https://x.example</a>. Or <a href="mailto:a@b.org">a@b.org</a></p>',
    ]
