"""What the ground floor gives the house."""

from elements.contract import Element
from elements.registry import register


class Cohorts(Element):
    app = slug = "cohorts"
    name = "Cohorts"
    optional = False


register(Cohorts())
