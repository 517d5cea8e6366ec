"""What a partner reads who is asked when they can meet: built at sending, and of no use once they have said so."""

from django.urls import reverse

from cohorts.models import Participant
from elements.contract import Kind, Placeholder
from pairs.actions.free_time import ASKED, said_by
from pairs.choices import NO_LONGER
from pairs.letters import by_code
from pairs.models import Membership


def is_wanted(ref, to) -> bool:
    """Whether both are partners still, and the reader has not said it yet."""
    people = {str(ref["from"]), str(ref["to"])}
    present = Membership.objects.live().filter(pair=ref["pair"], pair__ended_on=None, participant__in=people)
    found = {str(each.participant_id): each.participant for each in present.select_related("participant")}
    asked = found.get(str(ref["to"]))
    if len(found) != 2 or asked.user_id != getattr(to, "pk", None) or asked.state in NO_LONGER:
        return False
    return not list(said_by([asked]))


def context(ref, to) -> dict[str, str]:
    people = {str(person.pk): person for person in Participant.objects.filter(pk__in=[ref["from"], ref["to"]])}
    asked = people[str(ref["to"])]
    return {
        "name": asked.preferred_name or asked.name,
        "partner": people[str(ref["from"])].name,
        "link": by_code(reverse("when_you_can", args=[ref["to"]])),
    }


KIND = Kind(
    name=ASKED,
    label="Asked when you can meet",
    why="Sent when a partner presses the button that asks for it, once a day at most",
    context=context,
    wanted=is_wanted,
    confided=True,
    placeholders=(
        Placeholder("name", "what the reader is called", "Sam"),
        Placeholder("partner", "who asks", "Alex Birch", must_stay=True),
        Placeholder("link", "the page where it is said", "https://pairs.example/participants/1/when/", must_stay=True),
    ),
)
