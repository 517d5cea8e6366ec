"""A trial room: kinds of mail that only tests know, with templates held in memory."""

import copy

from django.conf import settings

from elements.contract import Element, Kind

TEMPLATES = {
    "trial/emails/told/subject.txt": "News for {{ name }}",
    "trial/emails/told/body.txt": "Dear {{ name }},\nread {{ SITE_URL }}/news/ & answer.\n",
    "trial/emails/told/body.html": '<p>Dear {{ name }}, <a href="{{ SITE_URL }}/news/">read</a></p>',
    "trial/emails/promised/subject.txt": "A promise",
    "trial/emails/promised/body.txt": "It is kept.",
    "trial/emails/promised/body.html": "<p>It is kept.</p>",
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


class Trial(Element):
    app = slug = "trial"
    name = "Trial"
    messages = (
        Kind(name="trial.told", label="News", context=named, wanted=is_wanted),
        Kind(name="trial.promised", label="Promise", context=named, at_least_once=True),
        Kind(name="trial.broken", label="Broken", context=half_a_letter),
        Kind(name="trial.pressing", label="Pressing", context=named, urgent=True, at_least_once=True),
        Kind(name="trial.hidden", label="Hidden", context=named, secret=True),
        Kind(name="trial.asked", label="Question", context=named, counted=True),
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
