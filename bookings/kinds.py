"""The kinds of mail about sessions, with what their words may say."""

from bookings.actions.news import (
    BOOKED,
    CALLED_OFF,
    CANCELLED,
    HOSTING,
    LAPSED,
    MOVED,
    NOT_HOSTING,
    OFFER,
    WAITING,
)
from bookings.letters import (
    booked_context,
    booked_is_wanted,
    booking_event,
    called_off_context,
    called_off_is_wanted,
    cancelled_context,
    cancelled_is_wanted,
    change_event,
    facts,
    host_event,
    hosting_is_wanted,
    lapsed_is_wanted,
    moved_context,
    moved_is_wanted,
    not_hosting_is_wanted,
    offer_context,
    offer_is_wanted,
    places,
    soon_context,
    soon_is_wanted,
    waiting_context,
    waiting_is_wanted,
)
from elements.contract import Kind, Placeholder

SOON, OFFER_ENDS = "bookings.soon", "bookings.offer_ends"
NAME = Placeholder("name", "what the reader is called", "Sam")
TITLE = Placeholder("title", "what it is called", "Making change happen", must_stay=True)
WHAT = Placeholder("what", "what such a session is", "workshop")
WHEN = Placeholder("when", "day and time", "Wednesday 6 January 2027, 2pm to 4pm", must_stay=True)
PLACE = Placeholder("place", "where", "Seminar room 2, Riverside")
LINK = Placeholder("link", "the page of the session", "https://pairs.example/workshops/1/", must_stay=True)
COMMON = (NAME, TITLE, WHAT, WHEN, PLACE, LINK)
COMPANY = Placeholder("company", "how many others are coming", "3 other people have a place.")
GIVING_BACK = Placeholder(
    "giving_back",
    "what to do who cannot come",
    "If you cannot come, please give your place back by Tuesday 5 January 2027, 2pm, so that somebody else can have it",
    must_stay=True,
)
PLACES = Placeholder("places", "how many places, at the start of a sentence", "A place is", must_stay=True)
UNTIL = Placeholder("until", "until when it is held", "3pm on Wednesday 6 January 2027", must_stay=True)
CALENDAR = Placeholder(
    "calendar", "that it leaves the calendar", "The file with this message takes it out of your calendar."
)

KINDS = (
    Kind(
        name=BOOKED,
        label="A place in a session",
        why="Sent to each who has got a place in a session, for the calendar",
        context=booked_context,
        wanted=booked_is_wanted,
        event=booking_event,
        places=places,
        placeholders=(*COMMON, COMPANY, GIVING_BACK),
    ),
    Kind(
        name=WAITING,
        label="On the waiting list of a session",
        why="Sent to each who joins a waiting list, and where places are held for several people who come together",
        context=waiting_context,
        wanted=waiting_is_wanted,
        places=places,
        placeholders=(
            *COMMON,
            Placeholder("how", "how the list goes on", "You are number 2.", must_stay=True),
        ),
    ),
    Kind(
        name=OFFER,
        label="A place has come free",
        why="Sent to whoever is next on a waiting list when a place comes free",
        context=offer_context,
        wanted=offer_is_wanted,
        places=places,
        at_least_once=True,
        placeholders=(*COMMON, PLACES, UNTIL),
    ),
    Kind(
        name=OFFER_ENDS,
        label="A place is held for one more hour",
        why="Sent an hour before an offered place goes to the next",
        context=offer_context,
        wanted=offer_is_wanted,
        places=places,
        placeholders=(*COMMON, PLACES, UNTIL),
    ),
    Kind(
        name=LAPSED,
        label="An offered place went to the next",
        why="Sent to whoever did not answer an offer in time",
        context=facts,
        wanted=lapsed_is_wanted,
        places=places,
        placeholders=COMMON,
    ),
    Kind(
        name=CANCELLED,
        label="A booking is cancelled",
        why="Sent to each whose booking is cancelled, so that it leaves the calendar",
        context=cancelled_context,
        wanted=cancelled_is_wanted,
        event=booking_event,
        places=places,
        at_least_once=True,
        placeholders=(
            *COMMON,
            Placeholder("news", "what happened", "Your booking is cancelled", must_stay=True),
            Placeholder("ask", "where somebody else cancelled it", "If you do not know why, please ask."),
            CALENDAR,
        ),
    ),
    Kind(
        name=MOVED,
        label="A session has changed",
        why="Sent to hosts and to all who have a place or wait, when the time, place or title changes",
        context=moved_context,
        wanted=moved_is_wanted,
        event=change_event,
        places=places,
        at_least_once=True,
        placeholders=(*COMMON, Placeholder("part", "how the reader stands", "You have a place.")),
    ),
    Kind(
        name=CALLED_OFF,
        label="A session is called off",
        why="Sent to hosts and to all who had a place or waited, so that it leaves the calendar",
        context=called_off_context,
        wanted=called_off_is_wanted,
        event=change_event,
        places=places,
        at_least_once=True,
        placeholders=(*COMMON, Placeholder("reason", "why", "The facilitator is ill.", must_stay=True), CALENDAR),
    ),
    Kind(
        name=HOSTING,
        label="You are a host",
        why="Sent to each who is named host of a session, for the calendar",
        context=facts,
        wanted=hosting_is_wanted,
        event=host_event,
        places=places,
        placeholders=COMMON,
    ),
    Kind(
        name=NOT_HOSTING,
        label="Somebody else is the host",
        why="Sent to whoever is no longer host of a session, so that it leaves the calendar",
        context=facts,
        wanted=not_hosting_is_wanted,
        event=host_event,
        places=places,
        at_least_once=True,
        placeholders=COMMON,
    ),
    Kind(
        name=SOON,
        label="Your session is near",
        why="Sent at 9am on the day before to each who has a place",
        context=soon_context,
        wanted=soon_is_wanted,
        places=places,
        optional=True,
        placeholders=(
            *COMMON,
            COMPANY,
            GIVING_BACK,
            Placeholder("day", "the day as a word, at the start of a sentence", "Tomorrow"),
            Placeholder("time", "the time it begins", "2pm"),
        ),
    ),
)
