"""How a line of the log is written: without the row that the database refused, and without keys in addresses."""

import logging
import re

# PostgreSQL: "DETAIL:  Failing row contains (12, <all that somebody wrote>)." It may go over many lines, so everything
# is left out until the next exception of a chain begins. https://www.postgresql.org/docs/current/error-message-reporting.html
QUOTED = re.compile(
    r"^DETAIL: .*?(?=^(?:The above exception|During handling of the above)|\Z)", re.DOTALL | re.MULTILINE
)

# The same where an exception is told as Python writes it, on one line: Celery says so of a task that broke.
QUOTED_ON_A_LINE = re.compile(r"\\+nDETAIL: [^\n]*")

# Addresses that open something by themselves: whether two met, and somebody's private calendar.
KEYS = re.compile(r"\b[0-9a-f]{64}\b")


class PlainLines(logging.Formatter):
    """As the standard one, with the refused row left out of message and traceback, and keys of addresses."""

    def format(self, record) -> str:
        plain = QUOTED.sub("DETAIL: left out\n", super().format(record)).rstrip("\n")
        plain = QUOTED_ON_A_LINE.sub(" DETAIL: left out", plain)
        return KEYS.sub("left-out", plain)
