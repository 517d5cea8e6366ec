"""The outbox: one row per message and person, and the mailbox of a machine of one's own."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from reminders.choices import IN_HAND, LIVE, QUIET_FROM, QUIET_UNTIL, TEST, TRIES, State
from reminders.querysets import LocalLetterQuerySet, MessageQuerySet, NudgeQuerySet


class Message(models.Model):
    """One message to one person. Text is built at sending from `ref`, which holds ids only.

    `sealed` is the one exception: the finished text of an account message, encrypted and without its code, and emptied
    by the time the row leaves its live states (a constraint says so).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=80)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    to_addr = models.EmailField("address")
    scope = models.UUIDField(null=True)
    ref = models.JSONField(default=dict)
    reply_to = models.CharField(max_length=700, blank=True)  # addresses, parted by ", "
    message_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.QUEUED)
    urgent = models.BooleanField(default=False)
    sealed = models.TextField(blank=True)
    claimed_by = models.CharField(max_length=100, blank=True)
    claimed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=500, blank=True)
    is_edited = models.BooleanField(default=False, db_default=False)  # has an Edit
    created_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="message_state_known"),
            models.CheckConstraint(condition=~Q(to_addr=""), name="message_has_an_address"),
            models.CheckConstraint(condition=Q(attempts__lte=TRIES), name="message_tries_are_limited"),
            models.CheckConstraint(condition=~Q(state=State.SENT) | Q(sent_at__isnull=False), name="message_sent_when"),
            models.CheckConstraint(
                condition=Q(sealed="") | Q(state__in=sorted(LIVE)), name="message_keeps_no_secret_when_done"
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(IN_HAND), claimed_at__isnull=False)
                | (~Q(state__in=sorted(IN_HAND)) & Q(claimed_at=None, claimed_by="")),
                name="message_in_hand_has_a_sender",
            ),
        ]
        indexes = [
            # PostgreSQL and SQLite keep these small: only rows that still have something ahead are in them.
            models.Index(fields=["-urgent", "next_at", "id"], condition=Q(state=State.QUEUED), name="message_waiting"),
            models.Index(fields=["claimed_at"], condition=Q(claimed_at__isnull=False), name="message_in_hand"),
            models.Index(
                fields=["state", "expires_at"], condition=Q(expires_at__isnull=False), name="message_expiring"
            ),
            models.Index(fields=["scope", "-created_at", "-id"], name="message_of_scope"),
            models.Index(fields=["scope", "kind", "state"], name="message_counted"),
            models.Index(fields=["recipient", "scope", "-created_at", "-id"], name="message_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.get_state_display()}"

    @property
    def is_test(self) -> bool:
        """Whether somebody sent it to herself alone, to read it as it would go out."""
        return self.key.startswith(TEST)


class Nudge(models.Model):
    """One thing that a message asks for: how often somebody was asked, and when, is read from here.

    `about` is the kind and what the reminder was about; `on` the day in London.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="nudges")
    kind = models.CharField(max_length=80)
    about = models.CharField(max_length=200)
    ref = models.JSONField(default=dict)  # ids only
    on = models.DateField()

    objects = NudgeQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["message", "kind", "about"], name="nudge_once_in_a_message")]
        indexes = [models.Index(fields=["about", "kind"], name="nudge_about")]

    def __str__(self) -> str:
        return f"{self.kind} on {self.on:%d %B %Y}"


class Wording(models.Model):
    """How a lead wants a kind of message to read in her cohort, which is named by the scope of its messages."""

    scope = models.UUIDField()
    kind = models.CharField(max_length=80)
    subject = models.CharField(max_length=200)
    body = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "kind"], name="wording_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.subject}"


class Edit(models.Model):
    """The words of one waiting message, as a lead changed them."""

    message = models.OneToOneField(Message, primary_key=True, on_delete=models.CASCADE, related_name="edit")
    subject = models.CharField(max_length=200)
    body = models.TextField()

    def __str__(self) -> str:
        return self.subject


class Preference(models.Model):
    """How somebody wants to hear from the house; without a row the standard holds."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    muted = models.JSONField(default=list)  # names of optional kinds that are not wanted
    quiet_from = models.TimeField(default=QUIET_FROM)
    quiet_until = models.TimeField(default=QUIET_UNTIL)

    def __str__(self) -> str:
        return f"what {self.person} wants to hear of"


class Feed(models.Model):
    """That somebody has a private calendar address. The address is reckoned from `nonce` and stored nowhere."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    nonce = models.UUIDField(default=uuid.uuid4)

    def __str__(self) -> str:
        return f"calendar of {self.person}"


class BadAddress(models.Model):
    """An address that a mail server refused for good. Nothing more goes there until a person says that it works."""

    address = models.EmailField(unique=True)
    why = models.CharField(max_length=500)
    since = models.DateTimeField(db_default=Now())
    message = models.ForeignKey(Message, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-since", "address"]

    def __str__(self) -> str:
        return self.address


class LocalLetter(models.Model):
    """What would have gone out by mail from a machine of one's own. Written in local mode only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    to_addr = models.EmailField("to")
    reply_to = models.CharField(max_length=700, blank=True)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True, default="", db_default="")
    sent_at = models.DateTimeField(db_default=Now())

    objects = LocalLetterQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-id"]

    def __str__(self) -> str:
        return self.subject
