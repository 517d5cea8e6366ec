"""What the bench refuses, each a statement that may be shown to a person."""


class StatisticsError(ValueError):
    """Something cannot be computed from what was given."""


class NotAShare(StatisticsError):
    """More were counted than there are, or fewer than none."""


class NotAProbability(StatisticsError):
    """A p-value lies between 0 and 1."""
