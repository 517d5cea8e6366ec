"""What two application rows have in common, criterion by criterion, in words.

Each criterion has a *fact* for the lead, with its figures, and may have a *reason* for the two participants.
Reasons come from a positive list only: site, days, offers and wants, interests, theme. Directorate and
seniority have none on purpose, and nothing here ever says what is missing or unlike to a participant.
"""

from pairs.matching.rules import counted
from pairs.matching.wording import DAYS, listed

COUNTED_50 = "counted as 50 of 100"


def fact(criterion, a, b, names):
    """The clause for the lead about people ``a`` and ``b`` (Person of each side)."""
    return _FACTS[criterion](a, b, names)


def reasons(criterion, a, b):
    """The clauses for the participants: what they share. Empty for what is not on the positive list."""
    return _REASONS[criterion](a, b) if criterion in _REASONS else ()


def _shared(mine, theirs):
    """The values of ``mine`` that ``theirs`` has too, once each, in the order given."""
    there = set(theirs)
    return tuple(value for value in dict.fromkeys(mine) if value in there)


def _said(person, keys):
    return [person.words.get(key, key) for key in keys]


def _silent(a, b, names, answer):
    quiet = [names[person.key] for person in (a, b) if not answer(person)]
    return listed(quiet)


def _one_of(field, noun, both, neither):
    def words(a, b, names):
        mine, theirs = getattr(a, field), getattr(b, field)
        quiet = _silent(a, b, names, lambda person: getattr(person, field))
        if quiet:
            return f"{noun} not given by {quiet}, {COUNTED_50}"
        shared = _shared(mine, theirs)
        if shared:
            return f"{both} {listed(_said(a, shared))}"
        return f"{neither} ({listed(_said(a, mine))}; {listed(_said(b, theirs))})"

    return words


def _days(a, b, names):
    quiet = _silent(a, b, names, lambda person: person.days)
    if quiet:
        return f"working days not given by {quiet}, {COUNTED_50}"
    shared = sorted(_shared(a.days, b.days))
    fewer = min(len(set(a.days)), len(set(b.days)))
    which = f" ({listed(DAYS[day] for day in shared)})" if shared else ""
    return f"{len(shared)} of {counted(fewer, 'working day', 'working days')} in common{which}"


def _wishes(a, b, names):
    return f"{_direction(a, b, names)}; {_direction(b, a, names)}"


def _direction(wisher, partner, names):
    if not wisher.wants:
        return f"{names[wisher.key]} names no wish, {COUNTED_50}"
    if not partner.offers:
        return f"{names[partner.key]} names no offer, {COUNTED_50}"
    met = _shared(wisher.wants, partner.offers)
    which = f" ({listed(_said(partner, met))})" if met else ""
    wished = counted(len(set(wisher.wants)), "wish", "wishes")
    return f"{names[partner.key]} offers {len(met)} of {wished} of {names[wisher.key]}{which}"


def _interests(a, b, names):
    quiet = _silent(a, b, names, lambda person: person.interests)
    if quiet:
        return f"interests not given by {quiet}, {COUNTED_50}"
    shared = _shared(a.interests, b.interests)
    which = f" ({listed(_said(a, shared))})" if shared else ""
    either = counted(len({*a.interests, *b.interests}), "interest", "interests")
    return f"{len(shared)} of {either} shared{which}"


def _seniority(a, b, names):
    quiet = _silent(a, b, names, lambda person: person.level)
    if quiet:
        return f"level of seniority not known for {quiet}, {COUNTED_50}"
    apart = abs(a.level - b.level)
    return f"levels of seniority {a.level} and {b.level}, {apart} apart"


def _met_reasons(a, b):
    return tuple(words for giver, wisher in ((a, b), (b, a)) for words in _met(giver, wisher))


def _met(giver, wisher):
    """What the one offers and the other would like to see, in the words of each: one clause where they are the same."""
    met = [(_own(giver, key), _own(wisher, key)) for key in _shared(wisher.wants, giver.offers)]
    if same := [offered for offered, wished in met if offered.casefold() == wished.casefold()]:
        yield f"{giver.name} offers {listed(map(_quoted, same))}, which {wisher.name} would like to see"
    for offered, wished in met:
        if offered.casefold() != wished.casefold():
            yield f"{giver.name} offers {_quoted(offered)}; {wisher.name} would like to see {_quoted(wished)}"


def _own(person, key):
    return person.said.get(key) or person.words.get(key, key)


def _quoted(words):
    return f"“{words}”"


def _reason(field, words, shown=str):
    def clauses(a, b):
        shared = _shared(getattr(a, field), getattr(b, field))
        return (f"{words} {listed(map(shown, _said(a, shared)))}",) if shared else ()

    return clauses


def _days_reason(a, b):
    shared = sorted(_shared(a.days, b.days))
    return (f"You both work on {listed(DAYS[day] for day in shared)}",) if shared else ()


_FACTS = {
    "directorate": _one_of("directorates", "directorate", "both in", "different directorates"),
    "site": _one_of("sites", "site", "both at", "no site in common"),
    "days": _days,
    "wishes": _wishes,
    "interests": _interests,
    "theme": _one_of("themes", "improvement theme", "both on the theme", "different improvement themes"),
    "seniority": _seniority,
}
_REASONS = {
    "site": _reason("sites", "You both work at"),
    "days": _days_reason,
    "wishes": _met_reasons,
    "interests": _reason("interests", "You share an interest in"),
    "theme": _reason("themes", "You both want to improve", _quoted),
}
