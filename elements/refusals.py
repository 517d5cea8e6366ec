"""What an action refuses, said as a sentence for whoever asked: the one kind that the house turns into a page."""


class Refusal(ValueError):
    """Something cannot be as things stand; `str()` of it is for people.

    A view says it beside the form that could mend it. What no view expected, as when a row changes between the moment
    a page is loaded and the moment its form is taken, the middleware says on a page of its own.
    """

    unsaid = "As things stand now this cannot be done."

    @property
    def sentence(self) -> str:
        """With a full stop, however it is said beside a form."""
        said = str(self) or self.unsaid
        return said if said[-1] in ".?!" else f"{said}."


class IsGone(Refusal):
    """What it is about was there when the page was loaded, and is not any more."""

    unsaid = "This was removed while you had the page open."
