"""Numbers, postcodes, telephone numbers and dates of birth, by their shape and their check digit."""

import re
from collections.abc import Iterator
from datetime import date

from elements.identifiers.look import HOSPITAL_NUMBER, NHS_NUMBER, Look

# Numbers

GAP = "[ \u00a0\u2009\u202f.\u2010-\u2013-]"  # spaces, full stops, hyphens and dashes inside a number
RUN = re.compile(rf"(?<![0-9])[0-9]+(?:{GAP}{{1,2}}[0-9]+)*(?![0-9A-Za-z_])")
FIGURES = re.compile("[0-9]+")
# Where people part the ten figures of an NHS number: 943 476 5919, and with a gap left out.
PARTED = {(10,), (3, 7), (6, 4), (3, 3, 4)}


def is_nhs_number(figures: str) -> bool:
    """Whether ten figures agree with their check digit: the weights are 10 to 2, modulo 11."""
    if len(figures) != 10:
        return False
    check = 11 - sum(weight * int(figure) for weight, figure in zip(range(10, 1, -1), figures, strict=False)) % 11
    return check != 10 and check % 11 == int(figures[9])


def nhs_numbers(text: str) -> Iterator[Look]:
    for run in RUN.finditer(text):
        groups = list(FIGURES.finditer(text, run.start(), run.end()))
        first = 0
        while first < len(groups):
            last = _nhs_number_from(groups, first)
            if last is None:
                first += 1
                continue
            figures = "".join(group.group() for group in groups[first : last + 1])
            yield _numbered(groups[first].start(), groups[last].end(), NHS_NUMBER, figures)
            first = last + 1


def _nhs_number_from(groups: list[re.Match[str]], first: int) -> int | None:
    """The last group of an NHS number that begins with this one; None if none does."""
    figures = ""
    lengths: list[int] = []
    for last in range(first, min(first + 3, len(groups))):
        figures += groups[last].group()[:11]
        lengths.append(groups[last].end() - groups[last].start())
        if tuple(lengths) in PARTED and is_nhs_number(figures):
            return last
    return None


# A letter or a few before the figures, as many hospitals number their patients; registers of staff do too.
HOSPITAL = re.compile(r"(?<![\w-])([A-Za-z]{1,3})-?[0-9]{6,8}(?![\w])")
OF_STAFF = {"gmc", "nmc", "pin"}
LABELLED = re.compile(
    r"(?<!\w)(?:MRN|CRN|(?:hospital|hosp\.?|patient|unit|record|case)[ -]{1,2}(?:number|num|no|id)\b)"
    r"[ .:#=]{0,4}(?:is[ :]{1,2})?(?P<number>[A-Za-z]{0,3}-?[0-9]{5,10})(?!\w)",
    re.IGNORECASE,
)


def hospital_numbers(text: str) -> Iterator[Look]:
    for each in HOSPITAL.finditer(text):
        if each[1].lower() not in OF_STAFF:
            yield _numbered(each.start(), each.end(), HOSPITAL_NUMBER, each.group())


def labelled_numbers(text: str) -> Iterator[Look]:
    for each in LABELLED.finditer(text):
        yield _numbered(each.start("number"), each.end("number"), HOSPITAL_NUMBER, each["number"])


def _numbered(start: int, end: int, kind: str, number: str) -> Look:
    short = kind.split(" ", 1)[1]
    return Look(start, end, kind, f"[{short}]", (kind, number.replace("-", "").upper()))


# Ten or eleven figures from the national prefix on, or whatever begins with a plus: a bleep or an extension has fewer.
TELEPHONE = re.compile(
    r"(?<![\w+])(?:"
    r"(?:\+44|0044)[ .()-]{0,3}(?:0\)?[ .-]{0,2})?[1-9](?:[ .()-]{0,2}[0-9]){8,9}"
    r"|(?:\(0[1-357-8][0-9]{1,3}\)|0[1-357-8])(?:[ .-]{0,2}[0-9]){5,9}"
    r"|\+[1-9](?:[ .()-]{0,2}[0-9]){7,13}"
    r")(?![0-9])"
)


def telephones(text: str) -> Iterator[Look]:
    for each in TELEPHONE.finditer(text):
        if each.group().startswith("+") or sum(map(str.isdigit, each.group())) >= 10:
            yield Look(each.start(), each.end(), "a telephone number", "[telephone number]")


# Postcodes

AREA_CODES = """
AB AL B BA BB BD BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK
FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP
NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W
WA WC WD WF WN WR WS WV YO ZE
"""
AREAS = frozenset(AREA_CODES.split())
POSTCODE = re.compile(
    r"(?<!\w)([A-Z]{1,2})[0-9][A-Z0-9]?[ \u00a0]{0,2}[0-9]([ABD-HJLNP-UW-Z]{2})(?!\w)", re.IGNORECASE | re.ASCII
)
# "B12 3rd floor", "st4 2hr": letters that mean something after a figure.
AFTER_A_FIGURE = {"st", "nd", "rd", "th", "hr", "hrs", "yr", "wte"}


def postcodes(text: str) -> Iterator[Look]:
    for each in POSTCODE.finditer(text):
        is_written_alike = each.group().isupper() or each.group().islower()
        if each[1].upper() in AREAS and is_written_alike and each[2] not in AFTER_A_FIGURE:
            yield Look(each.start(), each.end(), "a postcode", "[postcode]")


# Dates of birth

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = f"(?P<name>(?:{'|'.join(MONTHS)})[a-z]{{0,6}})"
DAY, YEAR = "(?P<day>[0-9]{1,2})", "(?P<year>[0-9]{4})"
DATES = (
    re.compile(rf"(?<![\w/.-]){DAY}(?P<by>[/. -])(?P<month>[0-9]{{1,2}})(?P=by)(?P<year>[0-9]{{4}}|[0-9]{{2}})(?!\w)"),
    re.compile(rf"(?<![\w/.-]){YEAR}(?P<by>[/.-])(?P<month>[0-9]{{1,2}})(?P=by){DAY}(?!\w)"),
    re.compile(rf"(?<![\w/.-]){DAY}(?:st|nd|rd|th)?[ -]{{1,2}}(?:of )?{MONTH}[ ,-]{{1,2}}{YEAR}(?!\w)", re.IGNORECASE),
    re.compile(rf"(?<!\w){MONTH} {{1,2}}{DAY}(?:st|nd|rd|th)?,? {{1,2}}{YEAR}(?!\w)", re.IGNORECASE),
)
BEFORE = re.compile(r"(?<!\w)(?:born|d\.? ?o\.? ?b|date of birth|birth ?date|birthday)\b[^0-9\n]{0,20}$", re.IGNORECASE)
AFTER = re.compile(r"[ ,;:(]{0,3}(?:d\.? ?o\.? ?b|date of birth|birthday)\b", re.IGNORECASE)
NEAR = 40  # characters in front of a date in which "born" or "DOB" is looked for
# A full date of so long ago is hardly that of a visit: with no word beside it, it counts as a birth.
VISITS_SINCE = 2010


def births(text: str) -> Iterator[Look]:
    for pattern in DATES:
        for each in pattern.finditer(text):
            year = _year_of(each)
            is_whole = len(each["year"]) == 4 or each["by"] == "/"  # "beds 4 5 60" is no date
            if year and ((year < VISITS_SINCE and is_whole) or _is_called_birth(text, each)):
                yield Look(each.start(), each.end(), "a date of birth", "[date of birth]")


def _year_of(found: re.Match[str]) -> int:
    """The year of a date that there is, from two or four figures; 0 for anything else."""
    parts = found.groupdict()
    year = int(parts["year"])
    if len(parts["year"]) == 2:
        year += 1900 if year > 30 else 2000
    month = MONTHS.index(parts["name"][:3].lower()) + 1 if "name" in parts else int(parts["month"])
    try:
        return date(year, month, int(parts["day"])).year if 1880 <= year <= 2100 else 0
    except ValueError:
        return 0


def _is_called_birth(text: str, found: re.Match[str]) -> bool:
    return bool(BEFORE.search(text[max(0, found.start() - NEAR) : found.start()]) or AFTER.match(text, found.end()))
