"""Plain words for numbers, lists and differences."""

from collections import Counter

from pairs.matching.rules import counted

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def listed(words):
    """ "x", "x and y", "x, y and z"."""
    words = list(words)
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def small(number):
    """Numbers to ten as words."""
    return _SMALL[number] if number < len(_SMALL) else str(number)


def points(total, weight_sum):
    """A sum of T of at least 0 on the scale of scores, halves up; what would round to nothing says so."""
    if not total or not weight_sum:
        return "0 points"
    rounded = (2 * total + weight_sum) // (2 * weight_sum)
    return counted(rounded, "point", "points") if rounded else "less than half a point"


def difference(aim, before, after, weight_sum):
    """The first figure, in the order of the aim, in which two Objectives differ, as a clause."""
    figures = {
        "everyone": (_pairs, _total),
        "total": (_total, _pairs),
        "fairest": (_pairs, _bands, _total),
    }
    for figure in figures[aim]:
        words = figure(before, after, weight_sum)
        if words:
            return words
    return "nothing would be lost"


def _pairs(before, after, _weight_sum):
    if after.pairs == before.pairs:
        return ""
    more = "fewer" if after.pairs < before.pairs else "more"
    return f"the cohort would have {counted(abs(after.pairs - before.pairs), 'pair', 'pairs')} {more}"


def _bands(before, after, _weight_sum):
    old, new = Counter(before.bands), Counter(after.bands)
    for band in range(11):
        if old[band] != new[band]:
            # The bands below are the same, so these pairs come from above, or go there.
            moved = counted(abs(new[band] - old[band]), "pair", "pairs")
            scores, better = f"{band * 10} to {band * 10 + 9}", f"{band * 10 + 10} or more"
            if new[band] > old[band]:
                return f"{moved} would score only {scores} instead of {better}"
            return f"{moved} would score {better} instead of {scores}"
    return ""


def _total(before, after, weight_sum):
    if after.total == before.total:
        return ""
    way = "fall" if after.total < before.total else "rise"
    return f"the cohort's total would {way} by {points(abs(after.total - before.total), weight_sum)}"
