"""A critical friend's reviews: the list, asking for one, writing, reading, changing."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permission import requires
from elements import clock
from elements.sent import posted
from projects import actions
from projects.forms.reviews import ReviewForm, as_written
from projects.loaders import load_milestone, load_project, load_review
from projects.review_page import asking_in_words, mine, reviews_of


@require_safe
@load_project
@requires("projects.read_project")
def review_list(request, project):
    shown = {"project": project, "seen": reviews_of(project, user=request.user, on=clock.today())}
    return render(request, "projects/review_list.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@load_milestone
@requires("projects.change_project")
def review_ask(request, milestone):
    if request.method == "POST":
        try:
            asked = actions.ask_for_review(milestone=milestone, by=request.user, now=timezone.now(), on=clock.today())
        except (actions.NobodyToAsk, actions.ProjectHasEnded, actions.MilestoneIsDropped) as refusal:
            messages.error(request, refusal.sentence)
        else:
            if asked:
                messages.success(request, "Asked. Your critical friend gets an email.")
            else:
                messages.info(
                    request,
                    "Nobody was asked anew: whoever has not reviewed it was asked less than a week ago. See below.",
                )
        return redirect("review_list", project_id=milestone.project_id)
    shown = {"milestone": milestone, "sentence": asking_in_words(milestone, user=request.user, on=clock.today())}
    return render(request, "projects/review_ask.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@load_milestone
@requires("projects.review_project")
def review_create(request, milestone):
    already = mine(milestone, user=request.user)
    if already and request.method != "POST":
        return redirect("review_edit", review_id=already.pk)
    form = ReviewForm(posted(request))
    if form.is_valid():
        try:
            review = actions.write_review(milestone=milestone, by=request.user, now=timezone.now(), **form.cleaned_data)
        except (actions.ReviewedAlready, actions.MilestoneIsDropped) as refusal:
            form.add_error(None, refusal.sentence)
        else:
            word = milestone.project.owners_word
            messages.success(request, f"Saved. An email tells the {word} of the project that there is a review.")
            return redirect(review)
    return render(request, "projects/review_create.html", {"milestone": milestone, "form": form, "already": already})


@require_safe
@load_review
@requires("projects.read_review")
def review_detail(request, review):
    is_mine = review.friend.user_id == request.user.pk
    may_change = is_mine and request.user.has_perm("projects.review_project", review)
    belongs = request.user.has_perm("projects.read_project", review)
    shown = {"review": review, "is_mine": is_mine, "may_change": may_change, "belongs": belongs}
    return render(request, "projects/review_detail.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@load_review
@requires("projects.review_project")
def review_edit(request, review):
    form = ReviewForm(posted(request), initial=as_written(review))
    if form.is_valid():
        review = actions.edit_review(review=review, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect(review)
    return render(request, "projects/review_edit.html", {"review": review, "form": form})
