"""A house in which a secret stands in every private field, and ears for everything that it says to anybody."""

import json
import logging
from collections import defaultdict
from contextlib import contextmanager, suppress
from datetime import date, time, timedelta
from itertools import chain

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model
from django.db.models.functions import Now
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import actions as accounts
from accounts.models import AuditRecord, User
from conversations import actions as conversations
from elements import clock, exports, registry
from pairedlearning.log_lines import PlainLines
from pairs import actions as pairs
from pairs.actions.free_time import ASKED
from pairs.choices import GoalState, Point
from pairs.models import Agreement, Lock, Pair
from projects.choices import Shape
from projects.models import Project
from projects.tests.wholes import ended, pages_of, said_by, whole
from projects.tests.worlds import begun
from reminders import feeds, outbox
from reminders.choices import TEST, State
from reminders.composing import compose
from reminders.delivery import send_round
from reminders.due import compose_due
from reminders.models import Edit, Feed, LocalLetter, Message, Nudge, Preference
from shadowing.models import Reflection
from shadowing.tests.reflecting import reflected
from surgeries.actions.news import tell_hosts
from surgeries.models import Surgery
from tests.permissions.table import ROLES, Row
from tests.permissions.test_matrix import Trial, all_rows
from tests.permissions.world import HANDLER, World, undone
from tests.reliability.confided import LEADS, PRIVATE, TYPED, Text
from tests.reliability.unpacking import found_in

FIRST = ("private_word", "word", "run", "reviewed_run", "run_with_trio", "pair")  # what is published is paired no more
LAST = {"meeting_token"}  # worked out from what is planted
MAILBOX = {"mailbox", "mailbox_letter", "mailbox_calendar"}  # of local mode: each letter is heard as its reader's
RECORDS = (AuditRecord, Message, Nudge, Edit)
PAGE, FILE, MAIL, CALENDAR = "page", "file", "mail", "calendar"
TRAVELLING = {MAIL, CALENDAR}
NO_ONE = "nobody"  # whom a record, a log or a report is for
DAYS = (*range(-2, 4), 7, 14, 28, 35, 60)
AROUND = [date(2027, 3, day) for day in (3, 4, 5, 6, 8)]  # visits and meetings of the matrices are on the fifth


class Ears:
    """Who was told which secret, how and where."""

    def __init__(self) -> None:
        self.secrets = {f"violet kettle {7000 + number} harbour": text for number, text in enumerate((*PRIVATE, TYPED))}
        self.words = {text: secret for secret, text in self.secrets.items()}
        self.told: dict[tuple[Text, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self.count = 0

    def hear(self, role: str, how: str, where: str, raw: bytes) -> None:
        self.count += 1
        for secret in found_in(raw, self.secrets):
            self.told[self.secrets[secret], role][how].add(where)

    def leaks(self) -> list[str]:
        """What was told to somebody who is no reader of it, or in a way in which it must not go."""
        return sorted(
            f"{text.name} was told to {role} by {how}: {', '.join(sorted(where)[:3])}"
            for (text, role), ways in self.told.items()
            for how, where in ways.items()
            if role not in text.readers or (how in TRAVELLING and not text.travels)
        )

    def missed(self) -> list[str]:
        """Readers who never met what is theirs to read: where there is nothing to hide, nothing is proved."""
        theirs = ((text, role) for text in self.secrets.values() for role in text.readers)
        return sorted(f"{text.name}: {role}" for text, role in theirs if (text, role) not in self.told)

    def told_to(self, role: str) -> set[str]:
        return {text.name for text, hearer in self.told if hearer == role}


class House:
    """The World with everything in it that a pair confides, and a browser for each role."""

    def __init__(self) -> None:
        self.ears = Ears()
        self.sent: set[str] = set()  # kinds of messages that went out
        self.projects: list[Project] = []
        self.world = world = World()
        self.make_things()
        self.plant(PRIVATE)
        for thing in vars(world).values():
            if isinstance(thing, Model):
                thing.refresh_from_db()
        for name in LAST:
            world.thing(name)
        self.browsers = {role: self.browser(role) for role in (None, *ROLES)}
        self.readers = {world.person(role).email: role for role in ROLES}
        for person in User.objects.all():
            Feed.objects.get_or_create(person=person)
            Preference.objects.create(person=person, quiet_from=time(0), quiet_until=time(0))  # no quiet hours

    def make_things(self) -> None:
        world = self.world
        for name in FIRST:
            if name == "run":
                self.plant(text for text in PRIVATE if text.column == "pairs.PrivateWord.words")
            world.thing(name)
        world.pair_lock, world.published_run = Lock.objects.get(), world.pair.run
        for name in sorted({name for row in all_rows() for name in row.ids.values()} - LAST):
            world.thing(name)
        now, day = timezone.now(), clock.today()
        Agreement.objects.update(review_on=day)
        agreement = Agreement.objects.get(pk=world.agreement.pk)
        marks = {1: (GoalState.ON_THE_WAY, "Half done")}
        pairs.mark_goals(agreement=agreement, point=Point.MIDDLE, marks=marks, by=world.doctor, now=now)
        conversations.write_note(conversation=world.conversation, words="Mine", by=world.manager)
        self.improve()
        reflected(world.partner)
        page = reverse("reflection_create", args=[world.participant.pk])
        accounts.keep_draft(owner=world.doctor, page=page, texts={"box_take": "Half a"})
        self.former = Pair.objects.create(
            cohort=world.cohort,
            started_on=day - timedelta(days=60),
            shown_from=now - timedelta(days=60),
            initiator=world.colleague_participant,
            first_meeting_by=day - timedelta(days=40),
            ended_on=day - timedelta(days=20),
            end_kind="moved",
        )
        for person in (world.colleague_participant, world.partner):
            known = {"cohort": world.cohort, "since": self.former.started_on, "until": self.former.ended_on}
            self.former.memberships.create(participant=person, **known)

    def improve(self) -> None:
        """A project of both, one of the doctor's with the manager's review, and one that has ended, each with all."""
        world = self.world
        for title, shape in (("Both", Shape.JOINT), ("Own", Shape.FRIEND), ("Over", Shape.JOINT)):
            project = begun(world.pair, world.participant, title=title, shape=shape)
            self.projects.append(whole(project, world.participant, by=world.lead))
        said_by(world.partner, self.projects[1].milestones.first(), "It is clear")
        Project.objects.filter(pk=self.projects[0].pk).update(place=1)  # it is presented
        ended(self.projects[2])

    def plant(self, texts) -> None:
        for text in texts:
            assert text.plant(self.ears.words[text]), f"{text.name}: no row to plant it in"

    def browser(self, role: str | None) -> Client:
        client = Client(raise_request_exception=False)
        client.handler = HANDLER
        if role:
            client.force_login(self.world.person(role))
        return client

    def ask(self, role: str | None, address: str, method="GET", how=PAGE, post=None):
        """One request, heard with its headers and cookies."""
        client = self.browsers[role]
        kind = {"content_type": "application/json"} if isinstance(post, str) else {}
        answer = client.post(address, post, **kind) if method == "POST" else client.generic(method, address)
        body = b"".join(answer) if answer.streaming else answer.content
        is_file = "attachment" in answer.get("Content-Disposition", "")
        head = answer.serialize_headers() + answer.cookies.output().encode()
        who, where = role or "signed out", f"{method} {address}"
        self.ears.hear(who, FILE if is_file and how == PAGE else how, where, body)
        self.ears.hear(who, how, where, head)
        return answer

    def trial(self, row: Row) -> Trial:
        return Trial(self.world, row)

    @contextmanager
    def afresh(self):
        """New ears, and a house that is afterwards as it was before."""
        ears, jars = self.ears, {role: browser.cookies.copy() for role, browser in self.browsers.items()}
        self.ears = Ears()
        try:
            with undone():
                yield self.ears
        finally:
            self.ears = ears
            for role, jar in jars.items():
                self.browsers[role].cookies = jar

    # What is asked and written

    def open_every_page(self, roles=(None, *ROLES)) -> None:
        """Each GET of each matrix, as everybody, and the pages of a pair that has ended."""
        pages = {self.trial(row).here for row in all_rows() if "GET" in row.methods and row.url not in MAILBOX}
        for thing in (self.former, *self.projects, *Reflection.objects.filter(author=self.world.partner)):
            pages.add(thing.get_absolute_url())
        pages |= {page for project in self.projects for page in pages_of(project)}
        for role in roles:
            for page in sorted(pages):
                self.ask(role, page)

    def send_every_form(self) -> None:
        """Each POST of each matrix, as one who may, with what it writes and posts; then all is as before."""
        known = self.records()
        for row in all_rows():
            if "POST" in row.methods and not row.public:
                trial, role = self.trial(row), min(row.may)
                before = self.browsers[role].cookies.copy()
                with undone():
                    answer = self.ask(role, trial.here, "POST", post=trial.post)
                    assert answer.status_code < 400, (row.url, answer.status_code)
                    if answer.status_code == 302:
                        self.ask(role, answer["Location"])
                    self.deliver()
                    self.read_records(known)
                self.browsers[role].cookies = before

    def be_warned(self) -> None:
        """Texts that may name a patient come back to their author with a warning, and are saved nowhere."""
        words = f"{self.ears.words[TYPED]} of Mrs Ash, 943 476 5919"
        for name, thing, box in (
            ("reflection_create", self.world.participant, "box_take"),
            ("reflection_edit", self.world.reflection, "box_take"),
            ("word_say", self.world.participant, "words"),
        ):
            answer = self.ask("doctor", reverse(name, args=[thing.pk]), "POST", post={box: words})
            assert answer.status_code == 200, name

    def take_every_file(self) -> None:
        """Each list as each kind of file, and one's own record with everything ticked."""
        for role in ROLES:
            for listed in registry.exports():
                for kind in exports.KINDS:
                    named = {"cohort_id": self.world.cohort.pk, "name": listed.name, "kind": kind}
                    self.ask(role, reverse("export", kwargs=named))
        for role, person in (("doctor", self.world.participant), ("manager", self.world.partner)):
            lines = chain.from_iterable(each.record(participant=person) for each in registry.all_elements())
            ticked = {"ticked": [line.ref for line in lines if line.ref]}
            page = reverse("record", args=[person.pk])
            assert self.ask(role, page, "POST", post=ticked)["Content-Type"] == "application/pdf"

    def open_calendars(self) -> None:
        for role in ROLES:
            address = feeds.address_of(self.world.person(role))
            answer = self.ask(role, address[address.index("/", 8) :], how=CALENDAR)
            assert answer.status_code == 200

    def open_support_pages(self) -> None:
        for model in admin.site._registry:
            name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
            self.ask("administrator", reverse(f"{name}_changelist"))
            self.ask("administrator", reverse(f"{name}_changelist") + "?q=violet")
            for thing in model._default_manager.all()[:3]:
                self.ask("administrator", reverse(f"{name}_change", args=[thing.pk]))
                self.ask("administrator", reverse(f"{name}_history", args=[thing.pk]))

    def post_all_mail(self) -> None:
        """What falls due on any of these days is sent, and read by its reader and on the leads' pages."""
        starts_on, ends_on = self.world.cohort.starts_on, self.world.cohort.ends_on
        points = (starts_on + (ends_on - starts_on) / 2 + timedelta(days=1), ends_on - timedelta(days=7))
        days = sorted({*(clock.today() + timedelta(days=number) for number in DAYS), *AROUND, *points})
        for day in days:
            compose_due(now=clock.at(day, time(18)))
        self.deliver()
        self.ask_one_by_one(days)
        shown = {}
        for message in Message.objects.filter(scope=self.world.cohort.pk):
            shown.setdefault((message.kind, message.state), message)
        for message in shown.values():
            for name in ("post_detail", "post_edit"):
                page = reverse(name, kwargs={"cohort_id": self.world.cohort.pk, "letter_id": message.pk})
                for role in sorted(LEADS) if name == "post_edit" else ("lead", "organisation_lead", "sponsor"):
                    self.ask(role, page)

    def ask_one_by_one(self, days) -> None:
        """What was asked for in one message with other things is asked for alone as well."""
        once = {}
        for day in days:
            for each in chain.from_iterable(element.reminders(on=day) for element in registry.all_elements()):
                once.setdefault((each.kind, each.to.pk), each)
        tell_hosts(Surgery.objects.filter(cohort=self.world.cohort), cohort=self.world.cohort)
        for (kind, person), each in once.items():
            if kind not in self.sent:
                outbox.post(kind=kind, to=each.to, ref=each.ref, key=f"{TEST}{kind}:{person}", scope=each.scope)
        ref = {"pair": self.world.pair.pk, "from": self.world.participant.pk, "to": self.world.partner.pk}
        outbox.post(kind=ASKED, to=self.world.manager, ref=ref, key=f"{TEST}{ASKED}")  # no reminder, and both have said
        self.deliver()

    def deliver(self) -> None:
        """Everything that waits goes out now; each letter is heard as its reader's."""
        known = set(LocalLetter.objects.values_list("pk", flat=True))
        Message.objects.update(next_at=Now() - timedelta(minutes=1), expires_at=None)
        send_round()
        unsent = Message.objects.exclude(last_error__in=("", "No longer wanted."))
        assert sorted(unsent.values_list("kind", "last_error")) == []
        for message in Message.objects.filter(state=State.CANCELLED).exclude(kind__in=self.sent):
            to = self.readers.get(message.to_addr, "somebody else")  # nobody gets it, and it is read all the same
            with suppress(LookupError, StopIteration, ObjectDoesNotExist):  # what it was about may be gone
                self.ears.hear(to, MAIL, message.kind, compose(message, registry.kind_named(message.kind)).wire)
                self.sent.add(message.kind)
        self.sent |= set(Message.objects.filter(state=State.SENT).values_list("kind", flat=True))
        for letter in LocalLetter.objects.exclude(pk__in=known):
            whole = "\n".join((letter.subject, letter.text, letter.html, letter.calendar))
            self.ears.hear(self.readers.get(letter.to_addr, "somebody else"), MAIL, letter.subject, whole.encode())

    def read_records(self, known: dict | None = None) -> None:
        """The audit record and the post room's rows, but those known, as a backup or the support reads them."""
        for model, keys in self.records().items():
            fresh = keys - known[model] if known else keys
            rows = list(model._default_manager.filter(pk__in=fresh).values()) if fresh else []
            self.ears.hear(NO_ONE, "record", model.__name__, json.dumps(rows, default=str).encode())

    def records(self) -> dict:
        return {model: set(model._default_manager.values_list("pk", flat=True)) for model in RECORDS}

    def name_everything(self) -> None:
        """Each row as a log line, a refusal or a support page would call it."""
        for app in apps.get_app_configs():
            for model in app.get_models():
                if model is not LocalLetter:
                    names = "\n".join(f"{thing} {thing!r}" for thing in model._default_manager.all())
                    self.ears.hear(NO_ONE, "name", model.__name__, names.encode())

    def listen(self) -> None:
        """Everything."""
        with self.log_heard():
            self.be_warned()
            self.post_all_mail()
            self.open_every_page()
            self.take_every_file()
            self.open_calendars()
            self.open_support_pages()
            self.send_every_form()
        self.read_records()
        self.name_everything()

    @contextmanager
    def log_heard(self):
        """Whatever any logger says meanwhile, as it would be written."""
        lines = _Lines()
        root = logging.getLogger()
        handlers, level = root.handlers, root.level
        root.handlers = [lines]
        root.setLevel(logging.DEBUG)
        try:
            yield lines
        finally:
            root.handlers = handlers
            root.setLevel(level)
            self.ears.hear(NO_ONE, "log", "log", "\n".join(lines.said).encode())


class _Lines(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.said: list[str] = []
        self.setFormatter(PlainLines("%(levelname)s %(name)s %(message)s"))

    def emit(self, record) -> None:
        self.said.append(f"{self.format(record)} {record.args!r}")
