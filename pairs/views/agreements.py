"""The learning agreement: read, written, changed, signed; and its goals, looked at again."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permission import requires
from elements import clock
from elements import paper as sheets
from pairs import actions
from pairs.agreement_paper import FIXED, as_pdf, paper, paper_of
from pairs.agreements import accord_of
from pairs.forms.agreeing import AgreementForm, GoalsForm
from pairs.goals import asked_on, marks_of
from pairs.loaders import load_agreement, load_pair
from pairs.partners import partnership


@require_safe
@load_pair
@requires("pairs.agree")
def agreement_detail(request, pair):
    accord, seen = accord_of(pair), partnership(pair, request.user)
    shown = {
        "pair": pair,
        "seen": seen,
        "accord": accord,
        "paper": accord.newest and paper(accord.newest, accord),
        "may_sign": accord.must_sign(seen.me),
        "waits_for": accord.waits_in_words(seen.me),
        "marks": marks_of(accord.in_force),
    }
    return render(request, "pairs/agreement_detail.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@load_pair
@requires("pairs.agree")
def agreement_edit(request, pair):
    accord = accord_of(pair)
    form = AgreementForm(
        request.POST if request.method == "POST" else None,
        accord=accord,
    )
    if form.is_valid():
        sign = "only_save" not in request.POST
        try:
            agreement = actions.write_agreement(pair=pair, by=request.user, now=timezone.now(), sign=sign, **form.terms)
        except actions.AgreementHasChanged as refusal:
            accord = accord_of(pair)
            form.look_again(accord, refusal)
        except (actions.PairHasEnded, actions.IsNoPartner) as over:
            messages.error(request, str(over))
            return redirect("home")
        else:
            messages.success(request, _saved(accord, agreement, sign))
            return redirect("agreement_detail", pair_id=pair.pk)
    seen = partnership(pair, request.user)
    shown = {"pair": pair, "seen": seen, "accord": accord, "form": form, "fixed": FIXED}
    return render(request, "pairs/agreement_edit.html", shown)


def _saved(accord, agreement, sign: bool) -> str:
    if accord.newest and accord.newest.pk == agreement.pk:
        return "Signed." if sign else "Nothing has changed."
    return "Saved and signed. Your partner is asked to sign too." if sign else "Saved. Each of you has yet to sign."


@require_POST
@load_pair
@requires("pairs.agree")
def agreement_sign(request, pair):
    try:
        actions.sign_agreement(pair=pair, by=request.user, now=timezone.now(), seen=request.POST.get("seen", ""))
    except (actions.AgreementHasChanged, actions.NothingToSign) as refusal:
        messages.error(request, str(refusal))
    except (actions.PairHasEnded, actions.IsNoPartner) as over:
        messages.error(request, str(over))
        return redirect("home")
    else:
        messages.success(request, "Signed.")
    return redirect("agreement_detail", pair_id=pair.pk)


@require_safe
@load_agreement
@requires("pairs.read_agreement")
def agreement_version(request, agreement):
    return render(request, "pairs/agreement_version.html", {"agreement": agreement, "paper": paper_of(agreement)})


@require_safe
@load_agreement
@requires("pairs.read_agreement")
def agreement_pdf(request, agreement):
    return sheets.response("learning-agreement", as_pdf(paper_of(agreement)))


@require_http_methods(["GET", "HEAD", "POST"])
@load_pair
@requires("pairs.agree")
def goals_review(request, pair):
    accord, seen = accord_of(pair), partnership(pair, request.user)
    if accord.in_force is None:
        messages.error(request, "There is no signed agreement with goals yet.")
        return redirect("agreement_detail", pair_id=pair.pk)
    asked = asked_on(pair, clock.today())
    marks = marks_of(accord.in_force)
    form = GoalsForm(
        request.POST if request.method == "POST" else None,
        accord=accord,
        initial=marks.boxes(asked.point),
    )
    if form.is_valid():
        try:
            actions.mark_goals(
                agreement=accord.in_force, point=asked.point, marks=form.marks, by=request.user, now=timezone.now()
            )
        except (actions.PairHasEnded, actions.IsNoPartner) as over:
            messages.error(request, str(over))
            return redirect("home")
        messages.success(request, "Saved. Each of you sees it.")
        return redirect("agreement_detail", pair_id=pair.pk)
    shown = {"pair": pair, "seen": seen, "form": form, "asked": asked}
    return render(request, "pairs/goals_review.html", shown)
