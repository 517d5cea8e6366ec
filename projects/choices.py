"""Words of improvement projects: their shapes and states, each said once."""

from django.db.models import TextChoices


class Shape(TextChoices):
    JOINT = "joint", "One project of us both"
    FRIEND = "friend", "My own project, with my partner as critical friend"


class Part(TextChoices):
    OWNER = "owner", "Owner"
    FRIEND = "friend", "Critical friend"


class EndKind(TextChoices):
    """How a project ends; each is worth telling."""

    DONE = "done", "Done"
    CONTINUING = "continuing", "Continuing"
    HANDED_OVER = "handed", "Handed over"
    STOPPED = "stopped", "Stopped"


class Stage(TextChoices):
    """How far a project is that goes on. Worked out from its rows, kept nowhere."""

    IDEA = "idea", "Idea"
    AIM = "aim", "Aim agreed"
    TESTING = "testing", "Testing changes"
    MEASURING = "measuring", "Measuring"


class MilestoneState(TextChoices):
    NOT_STARTED = "not", "Not started"
    GOING = "going", "Going on"
    REACHED = "reached", "Reached"
    DROPPED = "dropped", "Dropped"


OPEN_STATES = (MilestoneState.NOT_STARTED, MilestoneState.GOING)


class MeasureKind(TextChoices):
    """Of the Model for Improvement: what it is for, what is done, and what must not get worse."""

    OUTCOME = "outcome", "Outcome: what it is for"
    PROCESS = "process", "Process: whether the change is really done"
    BALANCING = "balancing", "Balancing: what must not get worse meanwhile"


class Good(TextChoices):
    """The direction of better."""

    UP = "up", "Higher is better"
    DOWN = "down", "Lower is better"
    NEITHER = "neither", "Neither is better"


class ChartKind(TextChoices):
    XMR = "xmr", "XmR chart: average and limits"
    RUN = "run", "Run chart: median"


class DriverKind(TextChoices):
    DRIVER = "driver", "What drives it"
    IDEA = "idea", "Change idea"


class Act(TextChoices):
    ADOPT = "adopt", "Adopt: keep the change"
    ADAPT = "adapt", "Adapt: change it and test again"
    ABANDON = "abandon", "Abandon: try something else"


class SupportKind(TextChoices):
    DATA = "data", "Data"
    PERSON = "person", "Access to a person"
    ANALYST = "analyst", "An analyst’s time"
    GOVERNANCE = "governance", "Information governance"
    VENUE = "venue", "A venue"
    COACHING = "coaching", "Coaching"
    OTHER = "other", "Something else"


class SupportState(TextChoices):
    OPEN = "open", "Waiting for an answer"
    ANSWERED = "answered", "Answered"
    DONE = "done", "Done"
    NOT_POSSIBLE = "no", "Not possible"


class StillGoing(TextChoices):
    """What became of it, half a year and a year after the programme."""

    YES = "yes", "Yes, and it is part of how we work"
    PARTLY = "partly", "Partly, or only where it began"
    NO = "no", "No"


CHECKS = (6, 12)  # months after the end of the programme
CLOSED = (SupportState.DONE, SupportState.NOT_POSSIBLE)
