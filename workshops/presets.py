"""The six usual workshops in our words: a start that leads change as they like.

Topics after the published programme (domain.md, section 10); titles and aims are our own.
"""

from dataclasses import dataclass

from workshops.choices import Topic


@dataclass(frozen=True)
class Usual:
    """`aims` are lines, each what somebody can do or knows afterwards."""

    topic: Topic
    title: str
    aims: str


USUAL = (
    Usual(
        Topic.SELF,
        "Who we are, and what we are here for",
        "Say what you bring to work, and what wears you out\n"
        "Hear what matters to the other side, in their own words\n"
        "Put into one sentence what both sides are here for",
    ),
    Usual(
        Topic.SYSTEM,
        "How the NHS works",
        "Follow a decision from national policy to your ward\n"
        "Read the figures on quality, safety and money that your organisation is judged by\n"
        "Name who decides what where you work",
    ),
    Usual(
        Topic.CHANGE,
        "Making change happen",
        "Turn an idea into an aim that can be measured\n"
        "Try a change on a small scale and learn from it\n"
        "Bring people along who did not ask for it",
    ),
    Usual(
        Topic.DESIGN,
        "Designing services that are safe and good",
        "See a service through the eyes of those who use it and of those who run it\n"
        "Find where a service lets harm happen, and how it could be built so that it does not\n"
        "Weigh safety, experience and cost against each other in the open",
    ),
    Usual(
        Topic.POWER,
        "Power: a day inside a system",
        "Live through a simulated organisation with those who decide, those who pass on and those who cope\n"
        "Notice what you do with power, and without it\n"
        "Choose one thing to do differently at work",
    ),
    Usual(
        Topic.SHARING,
        "What we learnt",
        "Present your improvement project and hear what others would do next\n"
        "Say what you now do differently\n"
        "Agree who goes on with what, and by when",
    ),
)
