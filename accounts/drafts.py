"""What was typed and not handed in: whose it is, what of it is kept, and how it comes back into its form.

Every form with fields carries a seal that names its reader and its page. Only a sending with a good seal is kept, and
only for the person of the seal: whoever sits at the computer afterwards, nobody else gets to see it.
"""

import re
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.core import signing
from django.forms.formsets import BaseFormSet
from django.forms.utils import ErrorDict
from django.utils.datastructures import MultiValueDict

from accounts.models import Draft, User
from elements.once import MarkOfSending

SEAL = "kept_for"
NEVER_KEPT = {"csrfmiddlewaretoken", SEAL, "code"}
SECRET = re.compile("passw|secret|token", re.IGNORECASE)
TEXT_LIMIT = 20_000  # characters of one text
PAGE_LIMIT = 300  # characters of a page's address
SEAL_LIVES = 7 * 24 * 3600  # seconds: what is opened on Friday may be sent on Monday
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # halves of characters are not text: no database and no page takes them
SALT = "accounts.drafts"


def can_be_stored(text: str) -> bool:
    return not UNSTORABLE.search(text)


@dataclass(frozen=True)
class Seal:
    """Who had a form before them, and on which page (path and query)."""

    person: UUID
    page: str

    def __str__(self) -> str:
        return signing.dumps([str(self.person), self.page], salt=SALT)


def seal_of(post) -> Seal | None:
    """The seal of a sending, if it is ours and not too old."""
    try:
        person, page = signing.loads(post.get(SEAL, ""), salt=SALT, max_age=SEAL_LIVES)
        return Seal(UUID(person), page)
    except (signing.BadSignature, ValueError, TypeError):
        return None


def owner_of(seal: Seal | None) -> User | None:
    """The person of a seal, if there still is one who may sign in."""
    return User.objects.filter(pk=seal.person, is_active=True).first() if seal else None


def texts_of_post(post) -> dict[str, list[str]]:
    """All that was sent under each name; no passwords, codes and tokens. Files are not among it."""
    return {
        UNSTORABLE.sub("", name)[:100]: [UNSTORABLE.sub("", text)[:TEXT_LIMIT] for text in post.getlist(name)]
        for name in post
        if name not in NEVER_KEPT and not SECRET.search(name)
    }


@dataclass(frozen=True)
class Kept:
    """What is kept of one page: the whole sending, or its long texts as they were being typed."""

    page: str
    data: MultiValueDict
    is_whole: bool


def kept_of(user, page: str) -> Kept | None:
    """What `user` had typed on `page` and not handed in."""
    draft = Draft.objects.filter(owner=user, page=page[:PAGE_LIMIT]).first()
    if not draft:
        return None
    data = MultiValueDict()
    for name, given in draft.texts.items():
        texts = given if isinstance(given, list) else [given]
        if all(isinstance(text, str) and can_be_stored(text) for text in texts):
            data.setlist(name, texts)
    return Kept(page, data, draft.is_whole) if data else None


def is_secret(form) -> bool:
    """Whether something is asked for that is never kept, so that the rest is not worth keeping.

    A form that `keeps_nothing` says so itself: what is written there without a name must not wait under one.
    """
    if getattr(form, "keeps_nothing", False):
        return True
    fields = form.empty_form.fields if isinstance(form, BaseFormSet) else form.fields
    return any(name in NEVER_KEPT or isinstance(f.widget, forms.PasswordInput) for name, f in fields.items())


def put_back(form, kept: Kept, *, is_alone: bool = False) -> bool:
    """Fill a form or formset that was not sent with what is kept of it; whether anything was.

    `is_alone`: the page has no other form, so what is kept is of this one even if it holds nothing but empty boxes.
    """
    if isinstance(form, BaseFormSet):
        return _put_back_rows(form, kept)
    typed = {name: f for name, f in form.fields.items() if _is_typed(f)}
    if form.is_bound:  # by the query of the page, which says what it says
        typed = {name: f for name, f in typed.items() if not _was_sent(form[name].html_name, form.data)}
    sent = {name for name in typed if _was_sent(form[name].html_name, kept.data)}
    if not sent and not (is_alone and kept.is_whole and not form.is_bound):
        return False
    # A box that is not ticked is not sent. Of a whole sending its absence is an answer.
    is_full = kept.is_whole and not form.is_bound
    answered = sent | ({name for name in typed if _is_ticked(typed[name].widget)} if is_full else set())
    for name in sorted(answered | (_marks(form, kept) if answered else set())):
        _fill(form, name, kept.data)
    return bool(answered)


def _marks(form, kept: Kept) -> set[str]:
    """What stands for the page as its writer saw it, so that nothing written meanwhile is replaced unread."""
    marks = {name for name, field in form.fields.items() if isinstance(field, MarkOfSending)}
    return {name for name in marks if _was_sent(form[name].html_name, kept.data)}


def _put_back_rows(formset, kept: Kept) -> bool:
    """Rows may have been added, so the formset is read as if it were sent, without saying what is wrong."""
    if formset.is_bound or not _was_sent(f"{formset.prefix}-TOTAL_FORMS", kept.data):
        return False
    formset.__dict__.pop("forms", None)
    formset.__dict__.pop("management_form", None)
    formset.data, formset.is_bound = kept.data, True
    formset._errors, formset._non_form_errors = [], formset.error_class()
    for form in formset.forms:
        form._errors = ErrorDict()
    return True


def _fill(form, name: str, data: MultiValueDict) -> None:
    widget, key = form.fields[name].widget, form[name].html_name
    if form.is_bound:  # by the query of the page
        merged = MultiValueDict(dict(form.data.lists()) if hasattr(form.data, "lists") else {})
        for sent in data:
            if _belongs(sent, key):
                merged.setlist(sent, data.getlist(sent))
        form.data = merged
        return
    form.initial = {**form.initial, name: widget.value_from_datadict(data, {}, key)}
    form[name].__dict__.pop("initial", None)  # remembered by the bound field once asked


def _is_typed(field) -> bool:
    """Whether a person fills it in. What a page hides in a form it sets itself, anew each time it is drawn."""
    widget = field.widget
    return not (field.disabled or widget.is_hidden or isinstance(widget, forms.PasswordInput | forms.FileInput))


def _is_ticked(widget) -> bool:
    return isinstance(widget, forms.CheckboxInput) or getattr(widget, "allow_multiple_selected", False)


def _belongs(sent: str, key: str) -> bool:
    return sent == key or (sent.startswith(f"{key}_") and sent[len(key) + 1 :].isdecimal())


def _was_sent(key: str, data) -> bool:
    return any(_belongs(sent, key) for sent in data)
