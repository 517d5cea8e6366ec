"""All that somebody is told of a session, as her programs open it, and a search of it for everybody else."""

import email
from collections.abc import Iterable
from email import policy

from cohorts.models import Participant
from elements import calendar, diary
from elements.registry import kind_named
from reminders.composing import compose
from reminders.models import Message


def read(message: Message) -> str:
    """Every header, text and file of a message, decoded: what is packed for the way would hide a name."""
    whole = email.message_from_bytes(compose(message, kind_named(message.kind)).wire, policy=policy.default)
    leaves = [part for part in whole.walk() if not part.is_multipart()]
    headers = [f"{name}: {value}" for part in whole.walk() for name, value in part.items()]
    return "\n".join([*headers, *(_unfolded(part.get_payload(decode=True).decode()) for part in leaves)])


def _unfolded(text: str) -> str:
    """Calendar files break their lines in the middle of words."""
    return text.replace("\r\n ", "").replace("\n ", "")


def told(user, client, pages: Iterable[str] = ()) -> dict[str, str]:
    """{where: what it says}: messages as they read now, the calendar that this person subscribes to, these pages."""
    said = {f"{each.kind} {each.pk}": read(each) for each in Message.objects.filter(recipient=user)}
    said["calendar"] = _unfolded(calendar.feed(diary.of([user])[user.pk], name="Mine").decode())
    client.force_login(user)
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200, (page, answer.status_code)
        said[page] = answer.content.decode()
    return said


def others_in(said: dict[str, str], people: Iterable[Participant], *, but: Participant | None = None) -> list[tuple]:
    """(where, word) of each place that names one of these people, by the last name or the address."""
    rest = [each for each in people if but is None or each.pk != but.pk]
    words = [word for each in rest for word in (each.name.split()[-1], each.user.email)]
    return [(where, word) for where, text in said.items() for word in words if word in text]
