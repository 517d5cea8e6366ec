"""What a page needs so that nothing typed on it is lost: the seal in its forms, and their texts put back."""

from django import forms, template
from django.forms.formsets import BaseFormSet
from django.utils.html import format_html

from accounts.drafts import SEAL, Seal, is_secret, kept_of, put_back
from accounts.middleware import way_back
from elements.templatetags.nhsuk import forms_of

register = template.Library()


@register.simple_tag(takes_context=True)
def keep_typed_in(context, *given) -> str:
    """The seal by which a form is kept that comes too late; nothing for forms without fields, or with secrets."""
    request, shown = context.get("request"), [form for form in given if form]
    person = getattr(request, "user", None)
    if not (person and person.is_authenticated and shown) or any(is_secret(form) for form in shown):
        return ""
    if not getattr(request.resolver_match.func if request.resolver_match else None, "login_required", True):
        return ""  # a page for everybody, whose address may be the key to it
    return format_html('<input type="hidden" name="{}" value="{}">', SEAL, Seal(person.pk, way_back(request)))


@register.inclusion_tag("components/draft_note.html", takes_context=True)
def put_back_typed(context, *given):
    """Fill the forms of the page, or those given, with what was kept of them, and say so; each form once."""
    request = context.get("request")
    person = getattr(request, "user", None)
    waiting = [form for form in (given or _forms_of(context)) if form and not hasattr(form, "was_put_back")]
    if not (waiting and person and person.is_authenticated and request.method == "GET"):
        return {}
    kept = _kept_for(request)
    for form in waiting:
        form.was_put_back = bool(kept) and put_back(form, kept, is_alone=len(waiting) == 1)
    if not any(form.was_put_back for form in waiting):
        return {}
    has_files = any(form.is_multipart() for form in waiting)
    return {"request": request, "csrf_token": context.get("csrf_token"), "kept": kept, "has_files": has_files}


def _kept_for(request):
    """What is kept of the request's page; asked once for each request."""
    if not hasattr(request, "kept_of_page"):
        request.kept_of_page = kept_of(request.user, request.get_full_path())
    return request.kept_of_page


def _forms_of(context) -> list:
    """The forms that the view gave to the page, also those in a list."""
    lists = [value for value in context.flatten().values() if isinstance(value, list | tuple)]
    listed = [form for each in lists for form in each if isinstance(form, forms.BaseForm | BaseFormSet)]
    return list({id(form): form for form in (*forms_of(context), *listed)}.values())
