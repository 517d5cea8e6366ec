"""Who a person is, what was done by whom, and texts not yet handed in."""

import uuid

import rules
from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from accounts.names import fold_email
from accounts.querysets import People


class User(AbstractBaseUser):
    """A person. The e-mail address is the name; what somebody does in a programme is a row of `cohorts`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("email address", unique=True)
    name = models.CharField("full name", max_length=200, blank=True)
    is_active = models.BooleanField("may sign in", default=True)
    is_administrator = models.BooleanField("administrator of the installation", default=False)
    is_first = models.BooleanField(default=False, editable=False)  # made by the one-time link of an empty installation
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = People()
    USERNAME_FIELD = EMAIL_FIELD = "email"

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
            models.UniqueConstraint(fields=["is_first"], condition=Q(is_first=True), name="user_first_once"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        self.email = fold_email(self.email)

    def get_full_name(self) -> str:
        return str(self)

    @property
    def is_staff(self) -> bool:
        """Whether the support pages are open: Django's admin asks for this name."""
        return self.is_administrator

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_administrator

    def has_perm(self, permission: str, about=None) -> bool:
        """Ask the rules: there are no permission tables and no groups."""
        return self.is_active and rules.has_perm(permission, self, about)


class AuditRecord(models.Model):
    """Who did what to which, never what was confided. Written by actions in their own transaction."""

    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    did = models.CharField(max_length=200)
    subject_kind = models.CharField(max_length=100)
    subject_ref = models.CharField(max_length=64)
    scope = models.UUIDField(null=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["scope", "-at"]),
            models.Index(fields=["subject_kind", "subject_ref"]),
        ]

    def __str__(self) -> str:
        return f"{self.did} ({self.subject_kind} {self.subject_ref})"


class Draft(models.Model):
    """What somebody typed on one page and did not hand in, so that a time-out loses nothing. Its owner's alone."""

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    page = models.CharField(max_length=300)  # path and query, as the page is opened
    texts = models.JSONField(default=dict)  # name of a box to its text, or to the list of all that was sent under it
    is_whole = models.BooleanField(default=False)  # a form as it was sent; else long texts as they were being typed
    sent_to = models.CharField(max_length=300, blank=True)  # the path that it was sent to
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "page"], name="draft_once_per_page")]

    def __str__(self) -> str:
        return f"draft for {self.page}"
