"""How a line of the log is written: without what the database quotes of a row that it refused."""

import logging
import re

# PostgreSQL: "DETAIL:  Failing row contains (12, <all that somebody wrote>)." It may go over many lines, so everything
# is left out until the next exception of a chain begins. https://www.postgresql.org/docs/current/error-message-reporting.html
QUOTED = re.compile(
    r"^DETAIL: .*?(?=^(?:The above exception|During handling of the above)|\Z)", re.DOTALL | re.MULTILINE
)


class PlainLines(logging.Formatter):
    """As the standard one, with the refused row left out of message and traceback."""

    def format(self, record) -> str:
        return QUOTED.sub("DETAIL: left out\n", super().format(record)).rstrip("\n")
