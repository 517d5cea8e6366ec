"""Who may do what on the ground floor. Each predicate takes a cohort, a programme or a participant."""

import rules

from accounts.rules import is_administrator
from cohorts.choices import PRIVILEGED, RoleKind
from cohorts.models import Cohort, Participant, Programme, Role


def roles_of(user) -> list[Role]:
    """A person's roles, asked once per request."""
    return Role.objects.held_by(user)


def is_privileged(user) -> bool:
    """Whether shorter limits apply: administrators, leads and evaluators."""
    return user.is_administrator or any(role.kind in PRIVILEGED for role in roles_of(user))


NOWHERE = "nowhere"  # somebody of no known organisation is the concern of roles without limit alone


def _place(about) -> tuple:
    """The (programme, cohort, organisation) that an object lies in, as ids; no organisation is not every one."""
    if isinstance(about, Programme):
        return about.pk, None, None
    if isinstance(about, Role):
        return about.programme_id or about.cohort.programme_id, about.cohort_id, None
    if isinstance(about, Participant):
        return about.cohort.programme_id, about.cohort_id, about.organisation_id or NOWHERE
    cohort = about if isinstance(about, Cohort) else about.cohort
    return cohort.programme_id, cohort.pk, None


def holds(kind: RoleKind):
    """A predicate: the user holds this role where the object lies."""

    @rules.predicate(name=f"is_{kind}")
    def is_holder(user, about=None) -> bool:
        if about is None:
            return any(role.kind == kind for role in roles_of(user))
        programme, cohort, organisation = _place(about)
        return any(
            role.kind == kind
            and (role.programme_id == programme or (cohort is not None and role.cohort_id == cohort))
            and (organisation is None or role.organisation_id in {None, organisation})
            for role in roles_of(user)
        )

    return is_holder


is_lead = holds(RoleKind.LEAD)
is_facilitator = holds(RoleKind.FACILITATOR)
is_evaluator = holds(RoleKind.EVALUATOR)
is_sponsor = holds(RoleKind.SPONSOR)


@rules.predicate
def is_whole_lead(user, about=None) -> bool:
    """A lead without limit to one organisation: only such a lead pairs, publishes and changes the cohort."""
    if about is None:
        return False
    programme, cohort, _ = _place(about)
    return any(
        role.kind == RoleKind.LEAD
        and role.organisation_id is None
        and (role.programme_id == programme or (cohort is not None and role.cohort_id == cohort))
        for role in roles_of(user)
    )


@rules.predicate
def leads_within(user, programme) -> bool:
    """Leads the programme or one of its cohorts."""
    return any(
        role.kind == RoleKind.LEAD and programme.pk in {role.programme_id, role.cohort and role.cohort.programme_id}
        for role in roles_of(user)
    )


@rules.predicate
def has_role(user, cohort) -> bool:
    """Holds any role where the cohort lies: more than taking part."""
    return any(role.cohort_id == cohort.pk or role.programme_id == cohort.programme_id for role in roles_of(user))


def may_confide(user) -> bool:
    """Whether the foot of a page offers a word to the leads: to whoever takes or took part, whatever else she is.

    It asks for no more than the roles, which nearly every page has read: whoever has none and does not look after the
    house is here because she takes part.
    """
    roles = roles_of(user)
    return roles[0].takes_part if roles else not user.is_administrator or Participant.objects.own(user).exists()


def asks_the_leads(user) -> bool:
    """Whether the foot of a page sends the reader to the leads: not who is one herself, and nothing else."""
    roles = roles_of(user)
    return not any(role.kind == RoleKind.LEAD for role in roles) or roles[0].takes_part


@rules.predicate
def is_oneself(user, participant) -> bool:
    return participant.user_id == user.pk


@rules.predicate
def is_said_by(user, word) -> bool:
    """Wrote this word in confidence."""
    return word.author.user_id == user.pk


@rules.predicate
def hears(user, word) -> bool:
    """Leads the author of a word in confidence: the loader lets no lead through who takes part herself."""
    return is_lead(user, word.author)


@rules.predicate
def has_unused_account(user, participant) -> bool:
    """Nobody has signed in as this person, who is nothing else here but somebody whom this lead may change."""
    account = participant.user
    if account.last_login is not None or account.is_administrator or Role.objects.filter(user=account).exists():
        return False
    others = Participant.objects.filter(user=account).exclude(pk=participant.pk).select_related("cohort")
    return all(is_lead(user, other) for other in others)


rules.add_perm("cohorts.make_organisation", is_administrator)
rules.add_perm("cohorts.make_programme", is_administrator)
rules.add_perm("cohorts.see_programme", is_administrator | leads_within)
rules.add_perm("cohorts.name_lead", is_administrator | is_whole_lead)
rules.add_perm("cohorts.make_cohort", is_whole_lead)
rules.add_perm("cohorts.change_cohort", is_whole_lead)
rules.add_perm("cohorts.see_people", is_lead)
rules.add_perm("cohorts.see_participant", is_lead | is_oneself)
rules.add_perm("cohorts.see_own_record", is_oneself)
rules.add_perm("cohorts.change_people", is_lead)
rules.add_perm("cohorts.correct_address", is_lead & has_unused_account)
rules.add_perm("cohorts.import_people", is_whole_lead)
rules.add_perm("cohorts.export_people", is_lead)
rules.add_perm("cohorts.export", has_role)  # then the list's own permission is asked
rules.add_perm("cohorts.see_post", is_lead)
rules.add_perm("cohorts.handle_post", is_whole_lead)  # what was published is hers: held, cancelled, sent again
rules.add_perm("cohorts.write_to_people", is_whole_lead)
rules.add_perm("cohorts.confide", is_oneself)
rules.add_perm("cohorts.hear_words", is_lead)  # each lead hears what is for her, and none who takes part
rules.add_perm("cohorts.read_word", is_said_by | hears)
rules.add_perm("cohorts.answer_word", hears & ~is_said_by)
