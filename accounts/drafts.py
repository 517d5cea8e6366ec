"""Long texts that were typed and not handed in: put back into their form."""

import re

from accounts.models import Draft

NEVER_KEPT = {"csrfmiddlewaretoken", "keeps_draft"}
TEXT_LIMIT = 20_000  # characters of one text
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # halves of characters are not text: no database and no page takes them


def can_be_stored(text: str) -> bool:
    return not UNSTORABLE.search(text)


def initial_from_draft(user, page: str) -> dict:
    """What `user` had typed on `page`, as a form's `initial`; empty if there is nothing.

    The key `restored_from_draft` tells the form's template to say so.
    """
    texts = Draft.objects.filter(owner=user, page=page).values_list("texts", flat=True).first()
    good = {name: text for name, text in (texts or {}).items() if isinstance(text, str) and can_be_stored(text)}
    return {**good, "restored_from_draft": True} if good else {}


def texts_of_post(post) -> dict[str, str]:
    """The texts of a form that keeps drafts, from what was posted; empty for any other form."""
    if "keeps_draft" not in post:
        return {}
    return {
        name[:100]: post[name][:TEXT_LIMIT]
        for name in post
        if name not in NEVER_KEPT and "password" not in name and can_be_stored(post[name])
    }
