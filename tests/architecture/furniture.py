"""Which modules a room may have: those of every room, and each room's own with the reason."""

# What a room is made of (docs/architecture.md, "Inside a room"); each may be a module or a package of that name.
EVERYWHERE = {
    "choices",
    "querysets",
    "rules",
    "models",
    "actions",
    "forms",
    "views",
    "urls",
    "element",
    "admin",
    "apps",
    "migrations",
    "templates",
    "templatetags",
    "management",
    "tasks",
    "tests",
}

OWN: dict[str, dict[str, str]] = {
    "pairedlearning": {
        "settings": "the installation's values",
        "surroundings": "reads those values from the environment",
        "celery": "the clock",
        "wsgi": "the web server's way in",
        "staticfiles": "names and compression of static files",
        "health": "whether the house stands",
        "home": "the first page, composed from all elements",
        "demo_people": "its people, none of them real",
        "demo": "a made-up cohort; the roof may use every room's actions",
    },
    "accounts": {
        "adapter": "how the sign-in package behaves here",
        "addresses": "whose an address is",
        "audit": "the one way to write the audit record",
        "codes": "what a code sent by mail is worked out from",
        "drafts": "texts saved while they are typed, put back into their form",
        "first_person": "the one-time link of an empty installation",
        "known_browsers": "where somebody signed in before, a stranger's guesses do not count",
        "middleware": "no cache behind sign-in, and the way back after it",
        "names": "how an e-mail address is folded",
        "passwords": "words of this place are no passwords",
        "permission": "how a view says what it needs",
        "sealed": "pseudonyms",
        "sign_in": "the sign-in package's forms in the house's words",
        "sign_in_words": "what goes wrong there, as what to do next",
    },
    "cohorts": {
        "arrivals": "what an import makes of each row",
        "circulars": "a message to many, as it reads and to whom it goes",
        "contacts": "whom somebody who takes part may ask",
        "eligibility": "which grades and bands a cohort takes, in words",
        "exclusions": "who should not be paired, without what names the reader",
        "exporting": "the list of participants as it leaves the house",
        "launches": "who is invited to the launch, and how it reads in mail and calendars",
        "letters": "the cohort's messages, as far as its leads may see them",
        "listing": "the list of participants, the same for page and file",
        "loaders": "from the id in an address to an object that this person may see",
        "middleware": "idle limits: only here are roles known",
        "next_door": "the one door of a cohort's page that its lead goes through next",
        "one_letter": "one message of a cohort, as its page explains it",
        "portrait": "a participant's application as sections of a page",
        "presets": "the programmes that a cohort may start from",
        "preview": "an import shown before it is confirmed",
        "reminding": "who of a cohort should hear what today",
        "rereading": "whether a cell says the same as what is here",
        "spreadsheets": "bench: reads sheets as hospitals save them",
        "stages": "the cohort's own lines of its timetable",
        "taxonomies": "the common lists, as tables",
        "unreached": "people with a role whose address refuses mail",
        "vocabulary": "the cohort's own lists, as the bench reads them",
        "week_ahead": "the messages of the next seven days, waiting and to come",
        "wordings": "the words of a cohort's messages, as its lead changes them",
        "words": "a list of what somebody wrote",
    },
    "elements": {
        "calendar": "one writer of iCalendar",
        "charts": "drawing",
        "clock": "what time it is in London",
        "context": "what every page knows",
        "contract": "what an element hands down",
        "disclosure": "bench: small numbers",
        "exports": "one writer of lists that leave the house",
        "fields": "form fields of the house style",
        "form_parts": "which part of the form pack draws a field, and what is wrong with a form",
        "formats": "how dates are written",
        "formsets": "rows of a form that grow without a script",
        "house": "asks each part of every element once, for a page",
        "links": "addresses of the rows of a list, and what is one",
        "paper": "documents to print",
        "registry": "the elements that there are",
        "timeline": "what all elements say of a pair",
        "uploads": "an upper bound on what is received at all",
        "widgets": "how those fields are drawn",
    },
    "pairs": {
        "about": "with whom somebody is or was paired",
        "announcing": "who gets which message when a run is published",
        "calling": "what to call people on one page, so that no two are called the same",
        "comparing": "two runs side by side as they stand",
        "constraints": "promises that the database keeps and Django has no word for",
        "digest": "a mark of the pairs that a reader said yes to",
        "discretion": "what a lead who takes part herself does not see",
        "first_meetings": "when partners meet first, as calendars and reminders read it",
        "gathering": "from rows of the cohort to the bench's problem",
        "history": "a pair's timeline as its page shows it",
        "keeping_apart": "what people wrote about managers and exclusions, read as rules",
        "letters": "what a published pair is told",
        "listing": "the list of pairs, the same for page and file",
        "loaders": "from the id in an address to an object that this person may see",
        "matching": "bench: the pairing",
        "meeting_letters": "what messages about a first meeting say",
        "overview": "what the pairing pages show before a run",
        "going_out": "runs whose messages wait and can be taken back",
        "pair_page": "the page of one pair, for partners and for leads",
        "partners": "the partner as a participant sees the partner",
        "quiet": "pairs without contact, as reminders and leads see them",
        "quiet_letters": "what partners read who have gone quiet",
        "reading": "what the pages of a run show",
        "reasons": "what a run keeps as words",
        "standing": "who of a run can still be paired",
        "swapping": "what a swap would cost, in words",
        "to_call": "pairs that a lead should ring or write to",
        "who_sees": "who can see what of a pair, in words",
        "workings": "a kept run brought back to the bench",
    },
    "reminders": {
        "addresses": "where a message goes, and how mail systems name it",
        "backend": "sign-in mail enters the outbox here",
        "carriers": "the mail server, or the mailbox of local mode",
        "composing": "from a row to a message, at the moment of sending",
        "delivery": "the one place that sends",
        "due": "what is due, asked of every element and written once",
        "feeds": "the private address of somebody's calendar",
        "mailbox": "what would have gone out, in local mode",
        "markup": "how plain words read as HTML",
        "nudges": "several things to do in one message",
        "outbox": "the one way to post a message",
        "preferences": "what somebody wants to hear of, and when",
        "scheduler": "the clock of an installation without Celery",
        "sealing": "texts with a secret, closed while they wait",
        "statements": "the three one-row updates of sending, written out",
        "wording": "plain words with placeholders, which a lead may change",
        "waking": "urgent messages do not wait for the sweep",
    },
}

# Names that say nothing of what is inside.
DRAWERS = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "service", "services", "data", "misc"}


def modules_without_a_place(found: dict[str, set[str]]) -> list[str]:
    """Of {app: names of its modules}, those that neither every room nor this one has a place for."""
    return sorted(
        f"{app}.{name}" for app, names in found.items() for name in names - EVERYWHERE - OWN.get(app, {}).keys()
    )


def drawers(names: list[str]) -> list[str]:
    """Dotted names in which a part is a drawer, or a module that only repeats its folder."""
    return [
        name
        for name in names
        if DRAWERS & set(name.split(".")) or (len(name.split(".")) > 1 and name.split(".")[-1] == name.split(".")[-2])
    ]
