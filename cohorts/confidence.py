"""Who hears a word in confidence: leads of the author, and none who takes part in the cohort."""

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from cohorts.choices import RoleKind
from cohorts.models import ConfidentialWord, Participant, Role
from elements.contract import Kind, Placeholder

SAID = "cohorts.word_said"


def hearers(author: Participant) -> list[Role]:
    """The leads who can read what this person says, each once, by name. One query.

    A lead who takes part in the same cohort is not one of them: she may be, or become, the author's partner, of which
    this floor knows nothing. Neither is the lead of another organisation. The author comes with the cohort.
    """
    takes_part = Participant.objects.filter(cohort=author.cohort_id, user=OuterRef("user"))
    leads = Role.objects.filter(
        Q(cohort=author.cohort_id) | Q(programme=author.cohort.programme_id),
        Q(organisation=None) | Q(organisation=author.organisation_id, organisation__isnull=False),
        ~Exists(takes_part),
        kind=RoleKind.LEAD,
        user__is_active=True,
    )
    return list({role.user_id: role for role in leads.select_related("user").order_by("name", "pk")}.values())


def heard_in(cohort, *, user):
    """What the people of a cohort said to this lead: first what nobody has dealt with, then the newest."""
    return ConfidentialWord.objects.heard_by(user).filter(cohort=cohort).for_lines().waiting_first()


def names_of(roles: list[Role]) -> list[str]:
    """What leads are called on a page."""
    return [role.name or role.user.name or role.user.email for role in roles]


def said_is_wanted(ref, to) -> bool:
    """Whether nobody has dealt with it, and this lead may still read it."""
    waiting = ConfidentialWord.objects.filter(pk=ref["word"], answered_at=None)
    return bool(getattr(to, "pk", None)) and waiting.visible_to(to).exclude(author__user=to).exists()


def said_context(ref, to) -> dict[str, str]:
    word = ConfidentialWord.objects.select_related("cohort__programme").get(pk=ref["word"])
    cohort = word.cohort
    return {
        "cohort": f"{cohort.programme.name}, {cohort.name}",
        "link": f"{settings.SITE_URL}{reverse('word_detail', args=[word.pk])}",
    }


KIND = Kind(
    name=SAID,
    label="A word in confidence",
    why="Sent to leads when somebody has a word for them in confidence; it says that there is one, and nothing of it",
    context=said_context,
    wanted=said_is_wanted,
    confided=True,
    unlisted=True,
    placeholders=(
        Placeholder("cohort", "the programme and cohort", "Paired Learning, Spring 2027"),
        Placeholder("link", "the page with it", "https://pairs.example/confidence/1/", must_stay=True),
    ),
)
