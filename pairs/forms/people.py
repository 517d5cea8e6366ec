"""Choosing people: by name, and by job or address where two are called the same."""

from elements.fields import FromList


class PersonField(FromList):
    """One participant of a list."""

    def __init__(self, people, *, label: str, **kwargs):
        kwargs.setdefault("error_messages", {})
        kwargs["error_messages"].setdefault("required", f"Choose {label[:1].lower()}{label[1:]}")
        kwargs["error_messages"].setdefault("invalid_choice", "Choose somebody from the list")
        super().__init__(people.select_related("user"), label=label, empty_label="Choose somebody", **kwargs)

    def label_from_instance(self, person) -> str:
        return f"{person.name} ({person.role_title or person.user.email})"


class OfSide(PersonField):
    """One participant of a side, called as the cohort calls the side."""

    def __init__(self, cohort, side, people):
        label = cohort.label(side)
        super().__init__(
            people, label=f"{label[:1].upper()}{label[1:]}", error_messages={"required": f"Choose a {label}"}
        )
