"""Who may use which address of the ground floor."""

from datetime import date, time, timedelta

from django.utils import timezone

from cohorts import actions
from cohorts.actions import importing
from cohorts.circulars import Review
from cohorts.models import Cohort, LaunchChange
from tests.permissions.table import ROLES, Row

ALL = frozenset(ROLES)
LEADS = frozenset({"lead", "programme_lead"})  # without limit to an organisation
ANY_LEADS = LEADS | {"organisation_lead"}
STAFF = frozenset({"facilitator", "evaluator", "sponsor"})
MEMBERS = frozenset({"doctor", "manager", "colleague"})
ADMINISTRATOR = frozenset({"administrator"})
COHORT = {"cohort_id": "cohort"}
PROGRAMME = {"programme_id": "programme"}
PERSON = {"participant_id": "participant"}
INSIDE = ANY_LEADS | STAFF | MEMBERS  # everybody who sees that the cohort exists


def day(name: str, value: date) -> dict:
    return {f"{name}_0": value.day, f"{name}_1": value.month, f"{name}_2": value.year}


COHORT_VALUES = {
    "name": "Cohort 9",
    "label_a": "doctor",
    "plural_a": "doctors",
    "label_b": "manager",
    "plural_b": "managers",
    "minimum_weeks": 16,
    "meets_every": 28,
    "conversations_target": 9,
    "visits_target": 2,
    "workshops_planned": 6,
    **day("starts_on", date(2027, 2, 1)),
    **day("ends_on", date(2027, 10, 31)),
}
SOMEBODY = {"name": "Nia Rowan", "email": "nia.rowan@trust.example"}


def rungs(world) -> dict:
    return {f"rung-{rung.pk}-level": rung.level or "" for rung in world.cohort.rungs.all()}


def new_person(world) -> dict:
    return {**SOMEBODY, "side": "a", "organisation": world.organisation.pk}


def own_term(world):
    return actions.add_term(cohort=world.cohort, list="theme", label="Safer discharge", by=world.lead)


def cohort_role(world):
    return actions.name_role(
        kind="facilitator", email="fay@trust.example", name="Fay", cohort=world.cohort, by=world.lead
    )


CIRCULAR = {"audience": "taking_part", "subject": "Launch on {{ launch }}", "body": "Dear {{ name }}, come."}


def circular(world):
    return actions.write_circular(cohort=world.cohort, by=world.lead, **CIRCULAR)


def sent_circular(world):
    made = actions.write_circular(cohort=world.cohort, by=world.lead, **CIRCULAR)
    return actions.send_circular(circular=made, by=world.lead, shown=Review(made).mark)


def yes_to_circular(world):
    return {"shown": Review(world.circular).mark}


def launch(world):
    """It is found by the id of its cohort."""
    hours = {"begins": time(14), "ends": time(16)}
    actions.set_launch(cohort=world.cohort, place="Seminar room", by=world.lead, **hours)
    return world.cohort


SHEET = "Name;E-mail;Side\nNia Rowan;nia.rowan@trust.example;doctor\n"


def upload(world):
    return importing.keep_upload(
        cohort=world.cohort,
        content=SHEET.encode(),
        file_name="people.csv",
        organisation=world.organisation.name,
        by=world.lead,
    )


def participant_with_dates(world):
    """The doctor, who was told of a launch ahead, in a cohort whose timetable stands."""
    world.thing("launch")
    LaunchChange.objects.filter(cohort=world.cohort).update(leaves_at=timezone.now())
    Cohort.objects.filter(pk=world.cohort.pk).update(publishes_on=world.cohort.starts_on - timedelta(weeks=2))
    return world.participant


def word(world):
    return actions.say_word(author=world.participant, words="I do not feel safe", by=world.doctor, now=timezone.now())


def answered_word(world):
    return actions.answer_word(word=world.thing("word"), by=world.lead, now=timezone.now())


def cohort_with_word(world):
    word(world)
    return world.cohort


def speaker(world):
    word(world)
    return world.participant


def more_words(world):
    for _ in range(12):
        word(world)


GROW = [more_words]
OBJECTS = {
    "participant_with_dates": participant_with_dates,
    "word": word,
    "cohort_with_word": cohort_with_word,
    "answered_word": answered_word,
    "speaker": speaker,
    "own_term": own_term,
    "facilitator_role": cohort_role,
    "upload": upload,
    "launch": launch,
    "circular": circular,
    "sent_circular": sent_circular,
    "letters_count": lambda world: 30,
}
UPLOAD = {"sheet_import_id": "upload"}
UPLOADER = frozenset({"lead"})  # a sheet that is not confirmed is seen by whoever uploaded it

BOTH = ("GET", "POST")
ROWS = [
    Row(url="organisation_list", may=ADMINISTRATOR, may_not=ALL - ADMINISTRATOR),
    Row(
        url="organisation_create",
        may=ADMINISTRATOR,
        may_not=ALL - ADMINISTRATOR,
        methods=BOTH,
        post={"name": "Westside Hospital"},
    ),
    Row(
        url="organisation_edit",
        ids={"organisation_id": "organisation"},
        may=ADMINISTRATOR,
        may_not=INSIDE | {"other_lead", "stranger"},
        methods=BOTH,
        post={"name": "Northside Hospital"},
    ),
    Row(url="programme_list", may=ADMINISTRATOR, may_not=ALL - ADMINISTRATOR),
    Row(
        url="programme_create",
        may=ADMINISTRATOR,
        may_not=ALL - ADMINISTRATOR,
        methods=BOTH,
        post=lambda world: {"name": "Pairs", "organisations": [world.organisation.pk]},
    ),
    Row(url="programme_detail", ids=PROGRAMME, may=ADMINISTRATOR | ANY_LEADS | {"other_lead"}),
    Row(
        url="programme_edit",
        ids=PROGRAMME,
        may=ADMINISTRATOR,
        may_not=ANY_LEADS | {"other_lead"},
        methods=BOTH,
        post=lambda world: {"name": "Paired learning", "organisations": [world.organisation.pk]},
    ),
    Row(
        url="programme_role_add",
        ids=PROGRAMME,
        may=ADMINISTRATOR | {"programme_lead"},
        may_not={"lead", "organisation_lead", "other_lead"},
        methods=BOTH,
        post={**SOMEBODY, "kind": "lead"},
    ),
    Row(
        url="cohort_create",
        ids=PROGRAMME,
        may={"programme_lead"},
        may_not=ADMINISTRATOR | {"lead", "organisation_lead", "other_lead"},
        methods=BOTH,
        query={"preset": "imperial", **day("starts_on", date(2027, 2, 1))},
        post=COHORT_VALUES,
    ),
    Row(url="cohort_detail", ids=COHORT, may=ANY_LEADS, may_not=INSIDE - ANY_LEADS),
    Row(url="cohort_timetable", ids=COHORT, may=ANY_LEADS, may_not=INSIDE - ANY_LEADS),
    Row(url="cohort_edit", ids=COHORT, may=LEADS, may_not=INSIDE - LEADS, methods=BOTH, post=COHORT_VALUES),
    Row(
        url="launch_edit",
        ids={"cohort_id": "launch"},
        may=LEADS,
        may_not=INSIDE - LEADS,
        methods=BOTH,
        post={**day("starts_on", date(2027, 2, 1)), "begins": "3pm", "ends": "17:00", "place": "Lecture theatre"},
    ),
    Row(
        url="launch_undo",
        ids={"cohort_id": "launch"},
        may=LEADS,
        may_not=INSIDE - LEADS,
        methods=("POST",),
        post={"change": 1},
    ),
    Row(url="launch_call_off", ids={"cohort_id": "launch"}, may=LEADS, may_not=INSIDE - LEADS, methods=BOTH),
    Row(url="rung_edit", ids=COHORT, may=LEADS, may_not=INSIDE - LEADS, methods=BOTH, post=rungs),
    Row(url="role_list", ids=COHORT, may=LEADS, may_not=INSIDE - LEADS),
    Row(
        url="role_add",
        ids=COHORT,
        may=LEADS,
        may_not=INSIDE - LEADS,
        methods=BOTH,
        post={**SOMEBODY, "kind": "evaluator"},
    ),
    Row(
        url="role_end",
        ids={"role_id": "facilitator_role"},
        may=LEADS | ADMINISTRATOR,
        may_not={"organisation_lead"},
        methods=BOTH,
    ),
    Row(url="term_list", ids=COHORT, may=LEADS, may_not=INSIDE - LEADS, query={"list": "theme"}),
    Row(
        url="term_add",
        ids=COHORT,
        may=LEADS,
        may_not=INSIDE - LEADS,
        methods=BOTH,
        post={"list": "site", "label": "North wing"},
    ),
    Row(url="term_switch", ids={"term_id": "own_term"}, may=LEADS, may_not=INSIDE - LEADS, methods=("POST",)),
    Row(url="participant_list", ids=COHORT, may=ANY_LEADS, may_not=INSIDE - ANY_LEADS),
    Row(
        url="participant_create",
        ids=COHORT,
        may=ANY_LEADS,
        may_not=INSIDE - ANY_LEADS,
        methods=BOTH,
        post=new_person,
    ),
    Row(url="participant_detail", ids=PERSON, may=ANY_LEADS | {"doctor"}),
    Row(url="record", ids=PERSON, may={"doctor"}, may_not=ANY_LEADS, methods=BOTH),
    Row(url="rota", ids={"participant_id": "participant_with_dates"}, may={"doctor"}, may_not=ANY_LEADS),
    Row(url="participant_edit", ids=PERSON, may=ANY_LEADS, may_not={"doctor"}, methods=BOTH, post=new_person),
    Row(url="participant_trust_address", ids=PERSON, may=ANY_LEADS, may_not={"doctor"}, methods=("POST",)),
    Row(url="participant_state", ids=PERSON, may=ANY_LEADS, may_not={"doctor"}, methods=BOTH, post={"to": "reserve"}),
    Row(url="participant_withdraw", ids=PERSON, may=ANY_LEADS, may_not={"doctor"}, methods=BOTH),
    *(
        Row(
            url="export",
            ids=COHORT,
            fixed={"name": "participants", "kind": kind},
            may=ANY_LEADS,
            may_not=INSIDE - ANY_LEADS,
        )
        for kind in ("csv", "xlsx")
    ),
    Row(url="wording_list", ids=COHORT, may=LEADS, may_not=INSIDE - LEADS),
    Row(
        url="wording_edit",
        ids=COHORT,
        fixed={"kind_name": "cohorts.role_given"},
        may=LEADS,
        may_not=INSIDE - LEADS,
        methods=BOTH,
        post={"subject": "Your role: {{ role }}", "body": "{{ role }} of {{ place }}: {{ link }}", "save": "1"},
    ),
    Row(
        url="wording_drop",
        ids=COHORT,
        fixed={"kind_name": "cohorts.role_given"},
        may=LEADS,
        may_not=INSIDE - LEADS,
        methods=("POST",),
    ),
    Row(url="import_upload", ids=COHORT, may=LEADS, may_not=INSIDE - LEADS, methods=BOTH),
    Row(url="import_template", ids=COHORT, may=LEADS, may_not=INSIDE - LEADS),
    *(
        Row(url=f"import_{page}", ids=UPLOAD, may=UPLOADER, methods=methods)
        for page, methods in {
            "columns": BOTH,
            "preview": ("GET",),
            "warnings": BOTH,
            "report": ("GET",),
            "confirm": ("POST",),
            "drop": ("POST",),
        }.items()
    ),
    Row(url="confidence", may=ALL),
    Row(
        url="word_say",
        ids={"participant_id": "speaker"},
        may={"doctor"},
        may_not=ANY_LEADS,
        methods=BOTH,
        post={"words": "I do not feel safe"},
    ),
    Row(url="word_list", ids={"cohort_id": "cohort_with_word"}, may=ANY_LEADS, may_not=INSIDE - ANY_LEADS),
    Row(url="word_detail", ids={"word_id": "word"}, may=ANY_LEADS | {"doctor"}),
    Row(url="word_answer", ids={"word_id": "word"}, may=ANY_LEADS, may_not={"doctor"}, methods=("POST",)),
    Row(url="word_reopen", ids={"word_id": "answered_word"}, may=ANY_LEADS, may_not={"doctor"}, methods=("POST",)),
    Row(url="circular_list", ids=COHORT, may=LEADS, may_not=INSIDE - LEADS),
    Row(url="circular_write", ids=COHORT, may=LEADS, may_not=INSIDE - LEADS, methods=BOTH, post=CIRCULAR),
    Row(url="circular_detail", ids={"circular_id": "circular"}, may=LEADS, methods=BOTH, post=yes_to_circular),
    Row(url="circular_edit", ids={"circular_id": "circular"}, may=LEADS, methods=BOTH, post=CIRCULAR),
    Row(url="circular_test", ids={"circular_id": "circular"}, may=LEADS, methods=("POST",)),
    Row(url="circular_drop", ids={"circular_id": "circular"}, may=LEADS, methods=("POST",)),
    Row(url="circular_undo", ids={"circular_id": "sent_circular"}, may=LEADS, methods=("POST",)),
    Row(url="import_words", ids=UPLOAD, fixed={"part": "settings"}, may=UPLOADER, methods=BOTH),
]
