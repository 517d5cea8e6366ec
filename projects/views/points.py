"""Points of a measure, one or many at once, and what is written beside its chart."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permission import requires
from elements.clock import in_full, today
from elements.sent import posted, uploaded
from elements.uploads import takes
from projects import actions
from projects.forms.many import ImportForm, PasteForm
from projects.forms.measures import (
    AnnotationForm,
    PointEditForm,
    PointForm,
    RecalculationForm,
    SpanForm,
)
from projects.loaders import load_annotation, load_measure, load_point, load_recalculation
from projects.measuring import with_unit
from projects.models import MOST_POINTS, Point
from projects.rules import is_owner

A_PAGE = 50


@require_safe
@load_measure
@requires("projects.read_project")
def point_list(request, measure):
    points = Point.objects.visible_to(request.user).filter(measure=measure).order_by("-day")
    page = Paginator(points, A_PAGE).get_page(request.GET.get("page"))
    shown = {"measure": measure, "page_obj": page, "is_owner": is_owner(request.user, measure)}
    shown["lines"] = [(point, with_unit(point.value, "")) for point in page]
    shown["has_notes"] = any(point.note for point in page)
    return render(request, "projects/point_list.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@load_measure
@requires("projects.change_project")
def point_create(request, measure):
    form = PointForm(posted(request), measure=measure, on=today())
    if form.is_valid() and _added(request, measure, form):
        return redirect("point_create" if "another" in request.POST else "measure_detail", measure_id=measure.pk)
    return render(request, "projects/point_create.html", {"measure": measure, "form": form})


@takes(f"at most {MOST_POINTS:,} points, a row for each: take one value a week instead of one a day")
@require_http_methods(["GET", "HEAD", "POST"])
@load_measure
@requires("projects.change_project")
def point_paste(request, measure):
    form = PasteForm(posted(request), measure=measure)
    if form.is_valid() and _added(request, measure, form):
        return redirect(measure)
    return render(request, "projects/point_paste.html", {"measure": measure, "form": form})


@takes(f"a file of at most 5 MB with at most {MOST_POINTS:,} points: save only days and values and try again")
@require_http_methods(["GET", "HEAD", "POST"])
@load_measure
@requires("projects.change_project")
def point_import(request, measure):
    form = ImportForm(posted(request), uploaded(request), measure=measure)
    if form.is_valid() and _added(request, measure, form):
        return redirect(measure)
    return render(request, "projects/point_import.html", {"measure": measure, "form": form})


def _added(request, measure, form) -> bool:
    """Whether the points of a form were taken; what is refused is said beside it."""
    points = form.points
    try:
        added = actions.add_points(
            measure=measure,
            points=points,
            by=request.user,
            now=timezone.now(),
            on=today(),
            replace=form.cleaned_data.get("replace", False),
        )
    except (actions.DaysTaken, actions.TooManyPoints, actions.ValueBelowZero, actions.YetToCome) as refusal:
        if isinstance(refusal, actions.DaysTaken):
            form.offer_replacing()
        is_of_day = isinstance(refusal, actions.YetToCome) and "day" in form.fields
        form.add_error("day" if is_of_day else None, refusal.sentence)
        return False
    messages.success(request, " ".join(_told(measure, points, added, getattr(form, "read", None))))
    return True


def _told(measure, points, added, read):
    """What was read, from when to when, and what became of it, in sentences."""
    (first, value, _), (last, _, _) = points[0], points[-1]
    if len(points) == 1:
        yield f"Saved: {with_unit(value, measure.unit)} on {in_full(first)}."
    else:
        yield f"{len(points):,} points read, from {in_full(first)} to {in_full(last)}."
    if added.replaced:
        yield "1 value was replaced." if added.replaced == 1 else f"{added.replaced:,} values were replaced."
    if added.same:
        yield "1 was there already." if added.same == 1 else f"{added.same:,} were there already."
    yield from read.said if read else ()
    if read and measure.unit.startswith("%") and all(-1 <= value <= 1 for _, value, _ in points):
        yield "All values are 1 or less, though the unit is %: a sheet may keep 87% as 0.87. Check them."


@require_http_methods(["GET", "HEAD", "POST"])
@load_point
@requires("projects.change_project")
def point_edit(request, point):
    form = PointEditForm(posted(request), point=point)
    if form.is_valid():
        try:
            now, on = timezone.now(), today()
            point = actions.change_point(point=point, by=request.user, now=now, on=on, **form.cleaned_data)
        except actions.YetToCome as refusal:
            form.add_error("day", refusal.sentence)
        except (actions.DaysTaken, actions.ValueBelowZero) as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "Saved.")
            return redirect("point_list", measure_id=point.measure_id)
    return render(request, "projects/point_edit.html", {"point": point, "measure": point.measure, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@load_point
@requires("projects.change_project")
def point_remove(request, point):
    if request.method == "POST":
        measure = actions.remove_point(point=point, by=request.user, now=timezone.now())
        messages.success(request, "The point is gone.")
        return redirect("point_list", measure_id=measure.pk)
    sentence = f"{with_unit(point.value, point.measure.unit)} on {in_full(point.day)}. {point.note}"
    return render(request, "projects/point_remove.html", {"measure": point.measure, "sentence": sentence})


@require_http_methods(["GET", "HEAD", "POST"])
@load_measure
@requires("projects.change_project")
def point_clear(request, measure):
    """Many points go at once, as after a paste of the wrong rows. What goes is said first."""
    form = SpanForm(posted(request), measure=measure)
    if form.is_valid() and form.is_told:
        try:
            number = actions.remove_points(measure=measure, by=request.user, now=timezone.now(), **form.cleaned_data)
        except actions.OtherPoints as refusal:
            form = SpanForm(posted(request), measure=measure)  # which counts anew, and asks
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "1 point is gone." if number == 1 else f"{number:,} points are gone.")
            return redirect(measure)
    return render(request, "projects/point_clear.html", {"measure": measure, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@load_measure
@requires("projects.change_project")
def recalculation_create(request, measure):
    form = RecalculationForm(posted(request), measure=measure)
    if form.is_valid():
        try:
            actions.recalculate_from(measure=measure, by=request.user, now=timezone.now(), **form.cleaned_data)
        except (actions.CannotRecalculate, actions.TooManyRemarks) as refusal:
            form.add_error("day", refusal.sentence)
        else:
            messages.success(request, "Saved. The chart is worked out anew from that day on.")
            return redirect(measure)
    return render(request, "projects/recalculation_create.html", {"measure": measure, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@load_recalculation
@requires("projects.change_project")
def recalculation_remove(request, recalculation):
    if request.method == "POST":
        measure = actions.remove_recalculation(recalculation=recalculation, by=request.user, now=timezone.now())
        messages.success(request, "Taken back. The chart is worked out as before.")
        return redirect(measure)
    shown = {"recalculation": recalculation, "measure": recalculation.measure}
    return render(request, "projects/recalculation_remove.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@load_measure
@requires("projects.change_project")
def annotation_create(request, measure):
    form = AnnotationForm(posted(request), initial={"day": today()})
    if form.is_valid():
        try:
            actions.annotate(measure=measure, by=request.user, now=timezone.now(), **form.cleaned_data)
        except actions.TooManyRemarks as refusal:
            form.add_error(None, refusal.sentence)
        except actions.FarFromPoints as refusal:
            form.add_error("day", refusal.sentence)
        else:
            messages.success(request, "Saved.")
            return redirect(measure)
    return render(request, "projects/annotation_create.html", {"measure": measure, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@load_annotation
@requires("projects.change_project")
def annotation_remove(request, annotation):
    if request.method == "POST":
        measure = actions.remove_annotation(annotation=annotation, by=request.user, now=timezone.now())
        messages.success(request, "Removed.")
        return redirect(measure)
    return render(request, "projects/annotation_remove.html", {"annotation": annotation, "measure": annotation.measure})
