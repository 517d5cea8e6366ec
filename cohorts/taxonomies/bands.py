"""Agenda for Change bands by rank, and the contracts outside it. Source: NHS terms and conditions of service."""

from decimal import Decimal

from cohorts.taxonomies.row import Entry

_RANKS = {
    "1": "1",
    "2": "2",
    "3": "3",
    "4": "4",
    "5": "5",
    "6": "6",
    "7": "7",
    "8a": "8.1",
    "8b": "8.2",
    "8c": "8.3",
    "8d": "8.4",
    "9": "9",
}

BANDS = (
    *(
        Entry(code, f"Band {code}", Decimal(rank), (code, f"AfC {code}", f"AfC band {code}"))
        for code, rank in _RANKS.items()
    ),
    Entry("VSM", "Very senior manager", Decimal("10"), ("VSM", "executive director")),
    Entry("NED", "Non-executive", Decimal("10.1"), ("NED", "non-executive director", "non executive director")),
    Entry(
        "MT", "Management trainee", Decimal("5.5"), ("graduate management trainee", "GMTS", "NHS management trainee")
    ),
    Entry("MD", "Medical and dental contract", None, ("medical and dental", "M&D", "medical & dental")),
)
