"""What shadowing gives the house."""

from elements.contract import Element
from elements.registry import register
from shadowing import reflected


class Shadowing(Element):
    app = slug = "shadowing"
    name = "Shadowing"
    messages = (*reflected.KINDS,)

    def doors(self, *, viewer, pair=None, cohort=None):
        yield from reflected.doors(viewer=viewer, pair=pair)

    def record(self, *, participant):
        yield from reflected.record_lines(participant=participant)

    def offered(self, *, cohorts):
        yield from reflected.offered(cohorts=cohorts)


register(Shadowing())
