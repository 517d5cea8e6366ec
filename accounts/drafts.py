"""Long texts that were typed and not handed in: put back into their form."""

from accounts.models import Draft

NEVER_KEPT = {"csrfmiddlewaretoken", "keeps_draft"}
TEXT_LIMIT = 20_000  # characters of one text


def initial_from_draft(user, page: str) -> dict:
    """What `user` had typed on `page`, as a form's `initial`; empty if there is nothing.

    The key `restored_from_draft` tells the form's template to say so.
    """
    texts = Draft.objects.filter(owner=user, page=page).values_list("texts", flat=True).first()
    return {**texts, "restored_from_draft": True} if texts else {}


def texts_of_post(post) -> dict[str, str]:
    """The texts of a form that keeps drafts, from what was posted; empty for any other form."""
    if "keeps_draft" not in post:
        return {}
    return {
        name[:100]: post[name][:TEXT_LIMIT]
        for name in post
        if name not in NEVER_KEPT and "password" not in name and "\x00" not in post[name]
    }
