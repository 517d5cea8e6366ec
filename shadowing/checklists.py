"""What is seen to before a visit, by its kind: one table, in our own words.

The kinds are those of `domain.md` 9.3. Who observes owes the same confidentiality as staff, and a visit must harm
neither privacy and dignity of patients nor their care.
"""

from dataclasses import dataclass

from shadowing.choices import NEEDS_AREA, Flag, Part


@dataclass(frozen=True)
class Item:
    """One line of a checklist: `part` ticks it and reads it as `words`; the other of the two reads it as `told`, below
    the name of who sees to it. `asks_area` is the host area's own yes.

    What is `of_the_day` was agreed for one day and place, and is asked again when the visit moves.
    """

    code: str
    part: Part
    words: str
    told: str
    of_the_day: bool = False
    asks_area: bool = False


CLINICAL = (
    Item(
        "in-charge",
        Part.HOST,
        "The person in charge of the area knows of the visit and agrees",
        "The person in charge of the area knows of the visit and agrees",
        True,
        True,
    ),
    Item(
        "patients",
        Part.HOST,
        "Patients are told who the visitor is, and each may say no",
        "Patients are told who you are, and each may say no",
        True,
    ),
    Item(
        "dress", Part.HOST, "I have told the visitor what to wear in this area", "Tells you what to wear in this area"
    ),
    Item(
        "emergency",
        Part.HOST,
        "I show the visitor what to do in a fire or an emergency",
        "Shows you what to do in a fire or an emergency",
    ),
    Item(
        "badge",
        Part.VISITOR,
        "I wear my badge where it can be seen, and say who I am",
        "Wears a badge where it can be seen, and says who they are",
    ),
    Item("hands-off", Part.VISITOR, "I watch and do not take part in care", "Watches and does not take part in care"),
    Item(
        "well",
        Part.VISITOR,
        "I stay away if I am unwell or may carry an infection",
        "Stays away if unwell or possibly carrying an infection",
    ),
    Item(
        "leave",
        Part.VISITOR,
        "I leave at once when a patient or a member of staff asks me to",
        "Leaves at once when a patient or a member of staff asks them to",
    ),
    Item(
        "no-details",
        Part.VISITOR,
        "No detail of a patient goes into any note of mine",
        "Puts no detail of a patient into any note",
    ),
)
MEETING = (
    Item(
        "chair",
        Part.HOST,
        "Whoever chairs or leads it knows of the visit and agrees",
        "Whoever chairs or leads it knows of the visit and agrees",
        True,
        True,
    ),
    Item(
        "papers-told",
        Part.HOST,
        "I have said which papers are confidential or commercial",
        "Tells you which papers are confidential or commercial",
        True,
    ),
    Item(
        "personnel",
        Part.VISITOR,
        "I leave the room for items about single members of staff",
        "Leaves the room for items about single members of staff",
    ),
    Item(
        "no-papers",
        Part.VISITOR,
        "I take no papers away and photograph none",
        "Takes no papers away and photographs none",
    ),
)
OUT_OF_HOURS = (
    Item(
        "duty-manager",
        Part.HOST,
        "The duty manager knows that a visitor is on site",
        "The duty manager knows that you are on site",
        True,
    ),
    Item("on-site", Part.HOST, "The visitor knows whom to ring on site", "Tells you whom to ring on site"),
    Item("travel", Part.VISITOR, "I have a safe way home", "Has a safe way home", True),
    Item(
        "rest", Part.VISITOR, "I have enough rest before my next shift", "Has enough rest before the next shift", True
    ),
)
FROM_ELSEWHERE = (
    Item(
        "observer",
        Part.HOST,
        "The observer agreement of the host's organisation is signed",
        "The observer agreement of the host's organisation is signed",
    ),
)
ITEMS = {item.code: item for item in (*CLINICAL, *MEETING, *OUT_OF_HOURS, *FROM_ELSEWHERE)}


def items_for(*, flags: str, out_of_hours: bool, from_elsewhere: bool) -> tuple[Item, ...]:
    """The checklist of a visit to a setting with these flags.

    A setting that is no clinical area is a meeting; one with patients is clinical, and one with papers is both where
    it is clinical too.
    """
    is_clinical = Flag.CLINICAL in flags or Flag.PATIENTS in flags
    is_meeting = Flag.PAPERS in flags or not is_clinical
    parts = (
        (CLINICAL, is_clinical),
        (MEETING, is_meeting),
        (OUT_OF_HOURS, out_of_hours),
        (FROM_ELSEWHERE, from_elsewhere),
    )
    return tuple(item for items, is_so in parts if is_so for item in items)


def needs_area(flags: str) -> bool:
    """Whether the host's area has to agree."""
    return bool(NEEDS_AREA & set(flags))
