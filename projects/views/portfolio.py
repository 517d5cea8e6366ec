"""The lead's list of projects, and the links to the organisation's way of improving."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permission import requires
from cohorts.loaders import load_cohort
from elements import clock
from elements.sent import posted
from projects import actions, portfolio
from projects.forms.portfolio import MethodLinkForm, PortfolioFilter
from projects.loaders import load_method_link
from projects.presenting import links_of


@require_safe
@load_cohort
@requires("projects.see_portfolio")
def portfolio_list(request, cohort):
    on = clock.today()
    projects = portfolio.asked_for(user=request.user, cohort=cohort, query=request.GET, on=on)
    page = Paginator(projects, portfolio.A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "cohort": cohort,
        "form": PortfolioFilter(request.GET),
        "page_obj": page,
        "lines": portfolio.lines(page, on),
        "columns": portfolio.headings(request.GET),
        "on": on,
    }
    return render(request, "projects/portfolio_list.html", shown)


@require_safe
@load_cohort
@requires("projects.edit_method_links")
def method_link_list(request, cohort):
    shown = {"cohort": cohort, "links": links_of(cohort)}
    return render(request, "projects/method_link_list.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@load_cohort
@requires("projects.edit_method_links")
def method_link_create(request, cohort):
    form = MethodLinkForm(posted(request))
    if form.is_valid():
        try:
            actions.add_method_link(cohort=cohort, by=request.user, **form.cleaned_data)
        except actions.LinkIsThere as refusal:
            form.add_error("url", refusal.sentence.removesuffix("."))
        else:
            return _changed(request, cohort, "The link is added.")
    return render(request, "projects/method_link_create.html", {"cohort": cohort, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@load_method_link
@requires("projects.edit_method_links")
def method_link_edit(request, method_link):
    form = MethodLinkForm(posted(request), link=method_link)
    if form.is_valid():
        try:
            actions.change_method_link(link=method_link, by=request.user, **form.cleaned_data)
        except actions.LinkIsThere as refusal:
            form.add_error("url", refusal.sentence.removesuffix("."))
        else:
            return _changed(request, method_link.cohort, "The link is changed.")
    return render(request, "projects/method_link_edit.html", {"link": method_link, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@load_method_link
@requires("projects.edit_method_links")
def method_link_remove(request, method_link):
    if request.method == "POST":
        actions.remove_method_link(link=method_link, by=request.user)
        return _changed(request, method_link.cohort, "The link is removed.")
    return render(request, "projects/method_link_remove.html", {"link": method_link})


def _changed(request, cohort, words: str):
    messages.success(request, words)
    return redirect("method_link_list", cohort.pk)
