"""The elements of the house, each registered once by its own `element.py`."""

from collections.abc import Iterator

from elements.contract import Element, Export, Kind


class RegisteredTwice(ValueError):
    """Two elements claim the same slug, message kind or export."""


_elements: dict[str, Element] = {}


def register(element: Element) -> Element:
    """Add an element; refuse a slug, kind or export that is taken."""
    if element.slug in _elements:
        raise RegisteredTwice(f"An element called {element.slug!r} is registered already.")
    taken = {kind.name for kind in kinds()} & {kind.name for kind in element.messages}
    taken |= {export.name for export in exports()} & {export.name for export in element.exports}
    if taken:
        raise RegisteredTwice(f"Registered already: {', '.join(sorted(taken))}.")
    _elements[element.slug] = element
    return element


def all_elements() -> Iterator[Element]:
    """Every element, in the order of registration."""
    yield from _elements.values()


def optional_elements() -> list[Element]:
    """The elements that a cohort may switch off."""
    return [element for element in all_elements() if element.optional]


def kinds() -> Iterator[Kind]:
    for element in all_elements():
        yield from element.messages


def kind_named(name: str) -> Kind:
    """The kind of mail of that name; KeyError if there is none."""
    for kind in kinds():
        if kind.name == name:
            return kind
    raise KeyError(name)


def exports() -> Iterator[Export]:
    for element in all_elements():
        yield from element.exports


def export_named(name: str) -> Export | None:
    return next((export for export in exports() if export.name == name), None)
