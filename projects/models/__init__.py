"""What people agreed to do, and projects of improvement in the words of the Model for Improvement."""

from projects.models.agreed import Action
from projects.models.measures import (
    LARGEST,
    LEAST_BASELINE,
    MOST_MEASURES,
    MOST_POINTS,
    MOST_REMARKS,
    Annotation,
    Measure,
    Point,
    Recalculation,
)
from projects.models.plans import Cycle, Driver, Milestone, ReviewRequest
from projects.models.projects import HAS_AIM, Check, Deck, Involvement, MethodLink, Project, Score
from projects.models.support import Review, SupportRequest

__all__ = [
    "HAS_AIM",
    "LARGEST",
    "LEAST_BASELINE",
    "MOST_MEASURES",
    "MOST_POINTS",
    "MOST_REMARKS",
    "Action",
    "Annotation",
    "Check",
    "Cycle",
    "Deck",
    "Driver",
    "Involvement",
    "Measure",
    "MethodLink",
    "Milestone",
    "Point",
    "Project",
    "Recalculation",
    "Review",
    "ReviewRequest",
    "Score",
    "SupportRequest",
]
