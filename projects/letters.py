"""What messages about projects say: built at sending, from the rows as they stand then.

Nothing that somebody typed goes out: what a cycle shows, what a friend thinks, what is asked of leads and what they
answer stand on the page, and the message says that there is something to read or to do.
"""

from django.conf import settings
from django.urls import reverse

from elements import clock
from elements.house import is_switched_off
from elements.phrases import in_a_row
from pairs.letters import by_code
from projects.choices import CLOSED, OPEN_STATES, MilestoneState, Part
from projects.due import WORDS, is_asked_about, open_step
from projects.involving import MEANING
from projects.models import Action, Cycle, Involvement, Milestone, Project, Review, SupportRequest


def places(refs, viewer) -> list[str]:
    """The page of each project that the viewer may see."""
    seen = Project.objects.visible_to(viewer).filter(pk__in={ref["project"] for ref in refs if "project" in ref})
    found = {str(pk): reverse("project_detail", args=[pk]) for pk in seen.order_by().values_list("pk", flat=True)}
    return [found.get(str(ref.get("project")), "") for ref in refs]


def _is_used(about) -> bool:
    return about is not None and not is_switched_off("projects", about)


def _project(ref) -> Project | None:
    return Project.objects.filter(pk=ref["project"]).with_people().first()


def _going_on(ref) -> Project | None:
    """The project while its people are asked about it: it and its cohort go on, and its pair does not pause."""
    on = clock.today()
    project = Project.objects.filter(is_asked_about(on, ""), pk=ref["project"]).with_people().first()
    return project if _is_used(project) else None


def _part(project: Project | None, to) -> str:
    """What this person is in it; "" for nobody."""
    everybody = project.everybody if project else ()
    return next((each.part for each in everybody if each.participant.user_id == getattr(to, "pk", None)), "")


def _owns(project: Project | None, to) -> bool:
    return project is not None and _part(project, to) == Part.OWNER


def _greeting(to) -> str:
    """The name of the account; facts of a message are built for people who have one."""
    return getattr(to, "name", "") or "colleague"


def _called(project: Project, to) -> str:
    """ "your project", "your project with Alex Birch": its title is typed and stays on the page."""
    others = [
        each.participant.name
        for each in project.everybody
        if each.part == Part.OWNER and each.participant.user_id != getattr(to, "pk", None)
    ]
    return f"your project with {in_a_row(others)}" if others else "your project"


def _facts(ref, to, path: str) -> dict[str, str]:
    project = _project(ref)
    return {"name": _greeting(to), "project": _called(project, to), "link": by_code(path)}


# A partner is brought in


def involved_is_wanted(ref, to) -> bool:
    hers = Involvement.objects.filter(pk=ref["involvement"], until=None, participant__user=getattr(to, "pk", None))
    return _is_used(_project(ref)) and hers.exists()


def involved_context(ref, to) -> dict[str, str]:
    involvement = Involvement.objects.get(pk=ref["involvement"])
    owner = Involvement.objects.filter(project=ref["project"], participant=ref["owner"]).select_related("participant")
    part, sentence = MEANING[Part(involvement.part)]
    link = by_code(reverse("project_detail", args=[ref["project"]]))
    return {"name": _greeting(to), "owner": owner[0].participant.name, "part": part, "sentence": sentence, "link": link}


# Reviews


def review_is_wanted(ref, to) -> bool:
    project = _project(ref)
    return _is_used(project) and _owns(project, to) and Review.objects.filter(pk=ref["review"]).exists()


def review_context(ref, to) -> dict[str, str]:
    review = Review.objects.select_related("friend").get(pk=ref["review"])
    return _facts(ref, to, reverse("review_detail", args=[review.pk])) | {"friend": review.friend.name}


def review_asked_is_wanted(ref, to) -> bool:
    project = _project(ref)
    if not _is_used(project) or project.ended_on or _part(project, to) != Part.FRIEND:
        return False
    standing = Milestone.objects.filter(pk=ref["milestone"]).exclude(state=MilestoneState.DROPPED)
    return standing.exists() and not Review.objects.filter(milestone=ref["milestone"], friend__user=to).exists()


def review_asked_context(ref, to) -> dict[str, str]:
    asking = Involvement.objects.filter(project=ref["project"], participant=ref["owner"]).select_related("participant")
    owner = asking[0].participant.name
    link = by_code(reverse("review_create", args=[ref["milestone"]]))
    return {"name": _greeting(to), "owner": owner, "link": link}


# Support


def _for_leads(ref, to) -> SupportRequest | None:
    """The request if it waits, and this lead may answer it."""
    if not getattr(to, "pk", None):
        return None
    found = SupportRequest.objects.led_by(to).waiting().filter(pk=ref["support"]).select_related("cohort").first()
    return found if _is_used(found) else None


def asked_is_wanted(ref, to) -> bool:
    return _for_leads(ref, to) is not None


def asked_context(ref, to) -> dict[str, str]:
    support = SupportRequest.objects.select_related("asked_by", "cohort__programme").get(pk=ref["support"])
    return {
        "cohort": f"{support.cohort.programme.name}, {support.cohort.name}",
        "asked_by": support.asked_by.name,
        "asked_on": clock.in_full(clock.local(support.asked_at).date()),
        "kind": support.get_kind_display().lower(),
        "link": f"{settings.SITE_URL}{reverse('support_answer', args=[support.pk])}",
    }


def waiting_is_wanted(ref, to) -> bool:
    project = Project.objects.filter(pk=ref["project"], ended_on=None).exists()
    return project and _for_leads(ref, to) is not None


def answered_is_wanted(ref, to) -> bool:
    project = _project(ref)
    answered = SupportRequest.objects.filter(pk=ref["support"]).exclude(answered_by=None)
    return _is_used(project) and _owns(project, to) and answered.exists()


def answered_context(ref, to) -> dict[str, str]:
    support = SupportRequest.objects.get(pk=ref["support"])
    facts = _facts(ref, to, support.get_absolute_url())
    next_ = (
        "If more is needed, ask again."
        if support.state in CLOSED
        else "When that settles it, say so there, so that your leads know."
    )
    return facts | {"asked_on": clock.in_full(clock.local(support.asked_at).date()), "next": next_}


# The showcase


def presents_is_wanted(ref, to) -> bool:
    project = _project(ref)
    return _is_used(project) and _owns(project, to) and project is not None and project.place is not None


def presents_context(ref, to) -> dict[str, str]:
    project = _project(ref)
    facts = _facts(ref, to, reverse("project_showcase", args=[ref["project"]]))
    has_told = project is not None and project.abstract
    next_ = "Its abstract is there: read once more whether it still says what you want to tell."
    return facts | {"next": next_ if has_told else "Its abstract is still missing. About 150 words are enough."}


# What is open


def cycle_is_wanted(ref, to) -> bool:
    project = _going_on(ref)
    cycle = Cycle.objects.filter(pk=ref["cycle"]).first()
    if cycle is None or not _owns(project, to):
        return False
    step = open_step(cycle, clock.today())
    return step is not None and step[0] == ref["step"]


STEPS = {
    "do": "Its results should be there by now. Write what was done and what you saw, then what it shows.",
    "study": "Its results should be there by now. Compare them with what you thought would happen: "
    "that is where a cycle teaches most.",
    "act": "You have studied it. What follows: keep the change, change it and test again, or try something else?",
}


def cycle_context(ref, to) -> dict[str, str]:
    cycle = Cycle.objects.get(pk=ref["cycle"])
    name = "do" if ref["step"] == "study" and cycle.done_on is None else ref["step"]
    words, page = WORDS[name]
    what = words.format(number=cycle.number)
    return _facts(ref, to, reverse(page, args=[cycle.pk])) | {
        "what": what,
        "number": str(cycle.number),
        "sentence": STEPS[name],
    }


def milestone_is_wanted(ref, to) -> bool:
    due = Milestone.objects.filter(pk=ref["milestone"], state__in=OPEN_STATES, due_on=ref["due"])
    return _owns(_going_on(ref), to) and due.exists()


def milestone_context(ref, to) -> dict[str, str]:
    due = Milestone.objects.get(pk=ref["milestone"]).due_on
    day = clock.in_full(due) if due else "no day"
    is_late = ref["step"] == "late"
    facts = _facts(ref, to, reverse("project_detail", args=[ref["project"]]))
    facts["what"] = "A milestone was due" if is_late else "A milestone is near"
    facts["sentence"] = f"A milestone of {facts['project']} {'was' if is_late else 'is'} due on {day}."
    return facts


def step_is_wanted(ref, to) -> bool:
    mine = Action.objects.filter(pk=ref["action"], done_on=None, due_on=ref["due"], owner__user=to)
    return bool(_part(_going_on(ref), to)) and mine.exists()


def step_context(ref, to) -> dict[str, str]:
    action = Action.objects.get(pk=ref["action"])
    due = clock.in_full(action.due_on) if action.due_on else "no day"
    return _facts(ref, to, reverse("project_detail", args=[ref["project"]])) | {"due_on": due}


def aim_is_wanted(ref, to) -> bool:
    project = _going_on(ref)
    return project is not None and not project.has_aim and _owns(project, to)


def aim_context(ref, to) -> dict[str, str]:
    return _facts(ref, to, reverse("project_aim", args=[ref["project"]]))
