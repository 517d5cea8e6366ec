"""A trial room: kinds of mail that only tests know, with templates held in memory."""

import copy
from dataclasses import replace

from django.conf import settings

from elements.contract import Element, Kind, Placeholder

TEMPLATES = {
    "trial/emails/told/subject.txt": "News for {{ name }}",
    "trial/emails/told/body.txt": "Dear {{ name }},\nread {{ SITE_URL }}/news/ & answer.\n",
    "trial/emails/told/body.html": '<p>Dear {{ name }}, <a href="{{ SITE_URL }}/news/">read</a></p>',
    "trial/emails/promised/subject.txt": "A promise",
    "trial/emails/promised/body.txt": "It is kept.",
    "trial/emails/promised/body.html": "<p>It is kept.</p>",
    "trial/emails/asked_for/subject.txt": "Please do {{ what }}",
    "trial/emails/asked_for/body.txt": "Please do {{ what }}:\n{{ link }}\n",
    "trial/emails/soon/subject.txt": "{{ what }} is near",
    "trial/emails/soon/body.txt": "Come to {{ what }}.",
    "trial/emails/meeting/subject.txt": "{{ what }}",
    "trial/emails/meeting/body.txt": "{{ what }}, see {{ link }}.",
    "trial/emails/broken/subject.txt": "Broken",
    "trial/emails/broken/body.txt": "Written with a letter that no mail can carry: {{ half }}",
    "trial/emails/broken/body.html": "<p></p>",
}
NOT_WANTED = set()  # what `ref["about"]` names and nobody wants any more
CALLED = []  # a name that everybody is given instead of their own


def named(ref, to) -> dict:
    return {"name": CALLED[0] if CALLED else getattr(to, "name", to)}


def is_wanted(ref, to) -> bool:
    return ref.get("about") not in NOT_WANTED


def half_a_letter(ref, to) -> dict:
    return {"half": "\ud800"}


def facts(ref, to) -> dict:
    return {"what": ref.get("about", "something"), "link": "http://localhost:8000/there/"}


PLACES = (
    Placeholder("what", "what it is about", "the thing"),
    Placeholder("link", "the page where it is done", "https://pairs.example/", must_stay=True),
)
DUE = []  # reminders that the room yields for any day
EVENTS = {}  # {id of a reference: Event}


def event_of(ref, to):
    return EVENTS[ref["about"]]


class Trial(Element):
    app = slug = "trial"
    name = "Trial"

    def reminders(self, *, on, until=None):
        yield from DUE

    def calendar(self, *, users):
        return [replace(event, whose=user.pk) for user in users for event in EVENTS.values()]

    messages = (
        Kind(name="trial.told", label="News", context=named, wanted=is_wanted),
        Kind(name="trial.promised", label="Promise", context=named, at_least_once=True),
        Kind(name="trial.broken", label="Broken", context=half_a_letter),
        Kind(name="trial.pressing", label="Pressing", context=named, urgent=True, at_least_once=True),
        Kind(name="trial.hidden", label="Hidden", context=named, secret=True),
        Kind(name="trial.asked", label="Question", context=named, counted=True),
        Kind(
            name="trial.asked_for",
            label="Something to do",
            context=facts,
            wanted=is_wanted,
            nudge=True,
            tells_lead=True,
            placeholders=PLACES,
        ),
        Kind(name="trial.questionnaire", label="Questionnaire", context=facts, nudge=True, counted=True),
        Kind(
            name="trial.soon",
            label="Soon",
            context=facts,
            wanted=is_wanted,
            optional=True,
            placeholders=PLACES[:1],
        ),
        Kind(name="trial.meeting", label="Meeting", context=facts, event=event_of, placeholders=PLACES),
    )


TEMPLATES |= {name.replace("promised", "pressing"): text for name, text in TEMPLATES.items() if "promised" in name}


def templates_with_trial() -> list[dict]:
    """The TEMPLATES setting with those above in front."""
    engines = copy.deepcopy(settings.TEMPLATES)
    engines[0]["APP_DIRS"] = False
    engines[0]["OPTIONS"]["loaders"] = [
        ("django.template.loaders.locmem.Loader", TEMPLATES),
        "django.template.loaders.filesystem.Loader",
        "django.template.loaders.app_directories.Loader",
    ]
    return engines
