"""What the ground floor gives the house."""

from django.conf import settings
from django.urls import reverse

from cohorts import circulars, confidence, launches, reminding
from cohorts.actions.launches import uninvite
from cohorts.choices import RoleKind, State
from cohorts.exporting import PARTICIPANTS
from cohorts.models import ConfidentialWord, Participant, Role
from cohorts.rules import roles_of
from cohorts.stages import stages_of
from elements.contract import Attention, Door, Element, Kind, Placeholder, Step
from elements.registry import register


def role_given(ref, to) -> dict:
    """What the message about a new role needs, from the id of the role."""
    role = Role.objects.select_related("programme", "cohort__programme", "organisation").get(pk=ref["role"])
    people = f", for the people of {role.organisation}" if role.organisation else ""
    return {
        "hello": f"Hello {role.name}" if role.name else "Hello",
        "role": role.get_kind_display().lower(),
        "place": f"{role.cohort or role.programme}{people}",
        "link": f"{settings.SITE_URL}{reverse('account_login')}",
    }


def role_stands(ref, to) -> bool:
    return Role.objects.filter(pk=ref["role"]).exists()


# Label, URL name, permission, hint and order of the doors of a cohort's page.
DOORS = (
    ("Participants", "participant_list", "cohorts.see_people", "Everybody who applied or takes part", 10),
    ("Import people", "import_upload", "cohorts.import_people", "Bring in a sheet of applicants", 12),
    ("Timetable", "cohort_timetable", "cohorts.see_people", "Each stage and where it stands", 14),
    ("Launch", "launch_edit", "cohorts.change_cohort", "Its day, time and place, and who is invited", 16),
    ("Write to people", "circular_list", "cohorts.write_to_people", "One message to many, with Undo", 58),
    ("Words in confidence", "word_list", "cohorts.hear_words", "What people told their leads", 60),
    ("Wording of messages", "wording_list", "cohorts.handle_post", "What messages say, in your own words", 62),
    ("Roles", "role_list", "cohorts.name_lead", "Leads, facilitators, evaluators and sponsors", 75),
    ("Eligibility and seniority", "rung_edit", "cohorts.change_cohort", "Which grades and bands may take part", 80),
    ("Lists", "term_list", "cohorts.change_cohort", "Themes, interests, sites and more", 82),
    (
        "Dates and settings",
        "cohort_edit",
        "cohorts.change_cohort",
        "Dates, names of the sides, how often they meet",
        84,
    ),
)


class Cohorts(Element):
    app = slug = "cohorts"
    name = "Cohorts"
    optional = False
    messages = (
        Kind(
            name="cohorts.role_given",
            label="A role was given",
            why="Sent when somebody is named lead, facilitator, evaluator or sponsor",
            context=role_given,
            wanted=role_stands,
            placeholders=(
                Placeholder("hello", "a greeting with the name, where it is known", "Hello Kim Elm"),
                Placeholder("role", "what the person is named", "facilitator", must_stay=True),
                Placeholder("place", "the cohort or programme", "Spring 2027", must_stay=True),
                Placeholder("link", "where to sign in", "https://pairs.example/accounts/login/", must_stay=True),
            ),
        ),
        circulars.KIND,
        *launches.KINDS,
        confidence.KIND,
        *reminding.KINDS,
    )
    exports = (PARTICIPANTS,)

    def doors(self, *, viewer, pair=None, cohort=None):
        if cohort is not None:
            for label, url, permission, hint, order in DOORS:
                if viewer.has_perm(permission, cohort):
                    yield Door(label, reverse(url, args=[cohort.pk]), "cohort", hint, order)
            return
        if pair is not None:
            return
        for role in roles_of(viewer):
            if role.kind == RoleKind.LEAD and role.programme_id and role.organisation_id is None:
                hint = "Its cohorts and leads; make a cohort here"
                yield Door(str(role.programme), role.programme.get_absolute_url(), "home", hint, 20)
        if viewer.has_perm("cohorts.make_organisation"):
            yield Door("Organisations", reverse("organisation_list"), "home", "Trusts and other employers", 80)
            yield Door("Programmes", reverse("programme_list"), "home", "Programmes and who leads them", 82)

    def next_steps(self, *, participants, on):
        participants = list(participants)
        yield from launches.steps(participants, on=on)
        for participant in participants:
            if participant.state in {State.APPLIED, State.ACCEPTED, State.RESERVE}:
                yield Step(
                    participant,
                    "Check your details",
                    participant.get_absolute_url(),
                    "Your lead changes what is not right",
                    state="to do" if participant.cohort.starts_on > on else "done",
                    order=10,
                )
            if participant.state in {State.ACCEPTED, State.COMPLETED}:
                url = reverse("record", args=[participant.pk])
                yield Step(participant, "Your record and rota letter", url, "To download", state="optional", order=95)

    def attention(self, *, cohorts, on, viewer):
        by_id = {cohort.pk: cohort for cohort in cohorts}
        said = ConfidentialWord.objects.waiting_for(viewer, by_id)
        for pk, number in said.items():
            yield Attention(by_id[pk], "words in confidence to read", number, reverse("word_list", args=[pk]), 8)
        for pk, waiting, unknown, early, silent, refusing in Participant.objects.needing_a_lead(by_id.values()):
            url = reverse("participant_list", args=[pk])
            for number, label, query, order in (
                (waiting, "People waiting for a decision", f"?state={State.APPLIED}", 10),
                (unknown, "People whose grade or band is not known", "?check=grade", 30),
                (early, "People who leave too early to be paired", "?check=leaves", 32),
                (silent, "People who were asked twice and have not signed in", "?check=sign_in", 34),
                (refusing, "People whose address refuses mail", "?check=address", 36),
            ):
                if number:
                    yield Attention(by_id[pk], label, number, url + query, order)

    def stages(self, *, cohort, on):
        return stages_of(cohort=cohort, on=on)

    def calendar(self, *, users):
        return launches.events_of(users)

    def reminders(self, *, on, until=None):
        return reminding.reminders_of_cohorts(on=on, until=until or on)

    def let_go(self, *, participant=None, pair=None, by):
        """Whoever no longer takes part is not expected at the launch."""
        if participant is not None:
            uninvite(cohort=participant.cohort, person=participant.user, by=by)


register(Cohorts())
