"""All shapes together: what is surer comes first."""

from elements.identifiers.figures import births, hospital_numbers, labelled_numbers, nhs_numbers, postcodes, telephones
from elements.identifiers.look import Look
from elements.identifiers.names import titled_names


def looks(text: str) -> list[Look]:
    found: list[Look] = []
    taken = bytearray(len(text))  # a shape that is surer comes first: an NHS number is no telephone number
    for look in (nhs_numbers, titled_names, postcodes, labelled_numbers, hospital_numbers, telephones, births):
        for one in look(text):
            if not any(taken[one.start : one.end]):
                taken[one.start : one.end] = b"\x01" * (one.end - one.start)
                found.append(one)
    return sorted(found, key=lambda one: one.start)
