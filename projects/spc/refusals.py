"""What the bench refuses, each as a sentence that can be shown to whoever typed the points."""


class SpcError(ValueError):
    """Base of all refusals: ``str(error)`` is a sentence, `index` the row that is wrong, counted from 0.

    The row is one of the points, or of the rebases where the refusal is about those; None where no single row is.
    """

    def __init__(self, sentence: str, index: int | None = None):
        super().__init__(sentence)
        self.index = index


class NoDay(SpcError):
    """The day of a point is no `datetime.date`; a moment is none either."""


class DatesOutOfOrder(SpcError):
    """A point is earlier than the one before it. The bench does not sort: who typed them knows which is wrong."""


class DayTwice(SpcError):
    """Two points are of one day, and the chart cannot know which comes first."""


class NoNumber(SpcError):
    """A value is no number: a word, nothing at all, yes or no."""


class NotFinite(SpcError):
    """A value is not a number in the sense of floating point (NaN), or infinite."""


class TooLarge(SpcError):
    """A value is so large that sums of such values are no longer exact enough to compare."""


class BelowZero(SpcError):
    """The lower limit was to stop at zero, because nothing can be less, and a value is less."""


class BaselineTooShort(SpcError):
    """A baseline has fewer points than a centre can rest on."""


class RebaseOutside(SpcError):
    """A rebase leaves no point before it, or none from it on."""


class RebasesOutOfOrder(SpcError):
    """A rebase is not later than the one before it."""


class PhaseWithoutPoints(SpcError):
    """No point lies between two rebases."""
