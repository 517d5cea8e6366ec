"""Names of leadership dimensions and competencies, for people to tag with. Names only: the texts are others'.

Sources of the names: the Healthcare Leadership Model of the NHS Leadership Academy; the Medical Leadership Competency
Framework, with the two domains that the later Leadership Framework added.
"""

from django.utils.text import slugify

from cohorts.taxonomies.row import Entry

LEADERSHIP = tuple(
    Entry(slugify(label), label)
    for label in (
        "Inspiring shared purpose",
        "Leading with care",
        "Evaluating information",
        "Connecting our service",
        "Sharing the vision",
        "Engaging the team",
        "Holding to account",
        "Developing capability",
        "Influencing for results",
    )
)

_DOMAINS = {
    "Demonstrating Personal Qualities": (
        "Self awareness",
        "Managing yourself",
        "Continuing personal development",
        "Acting with integrity",
    ),
    "Working with Others": (
        "Developing networks",
        "Building and maintaining relationships",
        "Encouraging contribution",
        "Working within teams",
    ),
    "Managing Services": ("Planning", "Managing resources", "Managing people", "Managing performance"),
    "Improving Services": (
        "Ensuring patient safety",
        "Critically evaluating",
        "Encouraging improvement and innovation",
        "Facilitating transformation",
    ),
    "Setting Direction": (
        "Contexts for change",
        "Applying knowledge and evidence",
        "Making decisions",
        "Evaluating impact",
    ),
    "Later additions": ("Creating the vision", "Delivering the strategy"),
}

COMPETENCIES = tuple(
    Entry(slugify(label), label, group=domain) for domain, labels in _DOMAINS.items() for label in labels
)
