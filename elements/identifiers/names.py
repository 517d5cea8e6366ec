"""Titles with a name: "Mrs Jones", "mr o'neill"; and what such letters mean elsewhere."""

import re
from collections.abc import Iterator

from elements.identifiers.look import NAME, Look

TITLE = re.compile(r"(?<!\w)(?P<title>Mrs?|Ms|Miss|Mx|Master)\b\.?[ \u00a0\t]{1,2}(?=\w)", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+(?:['’\u2010-][^\W\d_]+)*")
POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
NEAR_MISS = re.compile(r"(?<!\w)(?:near|hit or|hit and)[ \u00a0-]{1,2}$", re.IGNORECASE)
# Mr and Mrs Ash are two people, and so are Mr and Master Ash.
SEXES = {"mr": "he", "master": "boy", "mrs": "she", "miss": "she", "ms": "she"}
PARTICLES = {"al", "bin", "da", "de", "del", "della", "der", "di", "dos", "du", "el", "ibn", "la", "le", "van", "von"}
# However they are written: days, months, places of a hospital, abbreviations, titles, words that begin a sentence.
NO_NAMES = """
monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
october november december ward room bed bay clinic theatre hospital class plan data copy file key list chair chairman
chairwoman chairperson speaker president
nhs mrn crn dob gp id icu itu hdu ccu ed mau amu sau opd mdt ct mri ecg dvt dna dnr dnar tto
mr mrs ms miss mx master dr prof
and or the he she they we it in on at was is had has said from to for with but then there this that these those when
what where why how who our my his her after afterwards before while so if as next again out
"""
NO_NAME = frozenset(NO_NAMES.split())
# In small letters only: there is a Mr Will and a Mrs May.
LITTLE_WORDS = """
a about across against all almost along already also although always am among an another any anyone are around asked
away back be became because been began behind being below between both by called came can cannot comes could did didn
do does doesn doing don done down during each either else even ever every everyone felt few gave get gets getting give
given go goes going gone got hasn have here hers him however i instead into isn its itself just keeps knew knows last
later least left less let like liked looked looks made make makes many may maybe me might mine more most much must need
needed needs neither never no nobody none nor not nothing now of off often once one only onto other others ours outside
over own per perhaps put quite rather really same saw says see seemed seems seen shall should since some somebody
someone something soon still such take taken takes tells than their them thing things though thought three through thus
till today together told tomorrow too took toward towards two under until up upon us used very via want wanted wants
wasn well went were whatever whenever whether which whoever whole whom whose will within without won would yesterday yet
you your yours
"""
LITTLE = frozenset(LITTLE_WORDS.split())
NOBODY = {"X", "Y", "Z"}  # "Mr X. Patients of his age": already no name
# "MS Word", "MR scan": what these letters mean elsewhere.
PROGRAMS = {"access", "excel", "forms", "office", "outlook", "planner", "powerpoint", "project", "sharepoint", "teams"}
OTHERWISE = {
    "ms": PROGRAMS | {"windows", "word"},
    "mr": {"angio", "contrast", "department", "guided", "imaging", "list", "machine", "report", "request", "safe"}
    | {"safety", "scan", "scanned", "scanner", "scanners", "scanning", "scans", "slot", "slots", "suite", "unit"},
}
OF_IMAGING = ("gram", "grams", "graphy", "scopy")  # "MR angiogram"
# To miss and to master are verbs, ms is an illness and a thousandth of a second: in small letters, only these
# surnames count after them, the common ones of these islands that are hardly words.
SURNAMES = """
adams adeyemi ahmed akhtar ali allen amin anderson andrews armstrong atkinson aziz bailey baker barker barnes begum
bennett bhatt booth bradley brooks brown burke burns butler byrne campbell carr carter chadwick chan chapman chaudhry
chowdhury clark clarke coleman collins cooper cox cunningham das davidson davies davis dawson desai dixon doherty
doyle edwards elliott ellis evans ferguson fernandes fernandez fletcher flynn foster francis fraser gallagher garcia
george gibson gill gordon graham grant green griffiths gupta hamilton harris harrison hart harvey hassan henderson
henry hill holmes hopkins hossain howard hudson hughes hunter hussain hussein ibrahim iqbal islam jackson james
jenkins john johnson johnston jones joshi joseph kaur kavanagh kelly kennedy khan khatun king knight kowalska kowalski
kumar lawrence lawson lee lewis lloyd mahmood malik marshall martin mason matthews mehta mensah miah miller mills
mitchell mohamed mohammed moore morgan morris morrison murphy murray nguyen nowak okafor okoro osei owen owens palmer
parker patel pearce perera perry phillips pillai powell quinn rahman reddy rees reid reynolds richards richardson
roberts robertson robinson rodrigues rogers russell ryan scott shah sharma shaw sheikh silva simmons simpson singh
smith smyth spencer stevens stevenson stewart sullivan sutton taylor thomas thompson thomson turner uddin walker
wallace walsh watson watts webb williams williamson wilson wong wright yilmaz young zhang
"""
COMMON = frozenset(SURNAMES.split())
IRISH = re.compile(r"(?:o['’]|mc)[^\W\d_]{3,30}")
MOST_WORDS = 4


def titled_names(text: str) -> Iterator[Look]:
    """Mr, Mrs, Ms, Miss, Mx and Master with a name, in small letters too; a doctor or professor is a colleague."""
    upto = 0
    for title in TITLE.finditer(text):
        if title.start() < upto or NEAR_MISS.search(text[max(0, title.start() - 8) : title.start()]):
            continue
        names, end = _names_at(text, title.end(), title["title"])
        if names:
            upto = end
            first = names[0].casefold() if len(names) > 1 else ""
            yield Look(
                title.start(), end, NAME, who=(names[-1].casefold(), SEXES.get(title["title"].lower(), ""), first)
            )


def _names_at(text: str, start: int, title: str) -> tuple[list[str], int]:
    """The names that begin here, and their end; none where there is only a letter: "Mr X"."""
    names: list[str] = []
    end = at = start
    is_first = True  # nothing between the title and this word, but "de" or "van"
    for _ in range(MOST_WORDS):
        word = WORD.match(text, at)
        if not word:
            break
        written = POSSESSIVE.sub("", word.group())
        if written in NOBODY or not _may_be_name(written, title, is_first=is_first):
            break
        at = word.start() + len(written)
        if written not in PARTICLES:
            is_first = False
            if len(written) > 1:
                names, end = [*names, written], at
            elif text[at : at + 1] == ".":  # "Mr J. Ash"
                at += 1
        if text[at : at + 1] not in {" ", "\u00a0"}:
            break
        at += 1
    return names, end


def _may_be_name(written: str, title: str, *, is_first: bool) -> bool:
    """Whether this word may be part of a name after this title."""
    small, kind = written.lower(), title.lower()
    if small in NO_NAME or (is_first and _means_otherwise(small, kind)):
        return False
    if written in PARTICLES:
        return True
    if title == "MR" or (title in {"MS", "MISS", "MASTER"} and is_first):  # of a heading, or of a scan
        is_told = small in LITTLE if title == "MR" else not _is_common(small)
        return written.isupper() and not is_told
    if written[0].isupper():
        return not (is_first and title in {"miss", "master"}) or _is_common(small)
    if is_first and kind in {"mr", "mrs", "mx"}:
        return small not in LITTLE
    return _is_common(small)  # "mr john smith"


def _means_otherwise(small: str, kind: str) -> bool:
    return small in OTHERWISE.get(kind, ()) or (kind == "mr" and small.endswith(OF_IMAGING))


def _is_common(small: str) -> bool:
    return bool(IRISH.fullmatch(small)) or any(part in COMMON for part in re.split("[\u2010-]", small))
