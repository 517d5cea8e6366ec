"""What a run keeps as words, so that its pages need not solve again."""

from pairs import matching

SMALL = 200  # people; up to here the aims and the reasons of those left over are worked out at once


def reasons_of(table, a: str, b: str) -> dict:
    """The lead's sentence and parts of a pair, and the partners' positive reasons."""
    explanation = matching.explain(table, a, b)
    return {
        "sentence": explanation.sentence,
        "parts": [
            {"criterion": part.criterion, "words": part.words, "points": part.points, "weight": part.weight}
            for part in explanation.parts
        ],
        "positive": list(explanation.positive),
    }


def notes_of(table, solution, verified) -> dict:
    """Figures of the whole run: people, left over, proof; for small cohorts the aims and every reason as well."""
    notes = {
        "people": [person.key for person in (*table.a, *table.b)],
        "left_over": list(solution.left_over),
        "pairs": solution.objective.pairs,
        "worst": solution.objective.worst,
        "total": points(solution.objective.total, table.weight_sum),
        "proof": verified.words,
        "stages": verified.stages,
    }
    if len(notes["people"]) <= SMALL:
        notes["shortages"] = shortages(table, solution)
        notes["aims"] = aims(table)
        notes["trios"] = trios(table, solution)
    return notes


def points(total: int, weight_sum: int) -> int:
    """A sum of T as a sum of scores, halves up."""
    return (2 * total + weight_sum) // (2 * weight_sum) if weight_sum else 0


def shortages(table, solution) -> list[dict]:
    """Why each person left over must wait; `keys` are all who are named."""
    return [
        {
            "person": shortage.person,
            "words": shortage.words,
            "keys": sorted({shortage.person, *shortage.people, *shortage.partners, *shortage.instead_of}),
        }
        for shortage in matching.left_over_reasons(table, solution)
    ]


def aims(table) -> list[dict]:
    """The three aims and what each costs."""
    return [
        {
            "aim": result.aim,
            "pairs": result.pairs,
            "worst": result.worst,
            "total": points(result.total, table.weight_sum),
            "wishes": result.wishes,
            "same_pairs": list(result.same_pairs),
            "same_figures": list(result.same_figures),
        }
        for result in matching.aims_side_by_side(table)
    ]


def trios(table, solution) -> list[dict]:
    return [
        {"newcomer": trio.newcomer, "a": trio.a, "b": trio.b, "score": trio.score, "words": trio.words}
        for trio in matching.trios(table, solution)
    ]
