"""The measures of a project, and each with its chart."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permission import requires
from elements import charts, clock, exports
from elements.contract import Column
from elements.sent import posted
from projects import actions
from projects.forms.measures import MeasureForm
from projects.loaders import load_measure, load_project
from projects.measuring import notes_of, reading_of, readings_of, wanting
from projects.rules import is_owner

COLUMNS = (
    Column("Day", "The day of the point"),
    Column("Value", "What was measured, without the unit"),
    Column("Note", "What was noted on it"),
    Column("Centre", "The average of an XmR chart, the median of a run chart"),
    Column("Lower limit", "Of an XmR chart"),
    Column("Upper limit", "Of an XmR chart"),
    Column("Target", "As it is now"),
    Column("What it says", "Usual variation, which rule found something unusual, or too few points for the rules"),
)


@require_safe
@load_project
@requires("projects.read_project")
def measure_list(request, project):
    shown = {"project": project, "kinds": readings_of(project), "is_owner": is_owner(request.user, project)}
    return render(request, "projects/measure_list.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@load_project
@requires("projects.change_project")
def measure_create(request, project):
    form = MeasureForm(posted(request), measure=None, is_first=not project.measure_count)
    if form.is_valid():
        try:
            measure = actions.create_measure(project=project, by=request.user, now=timezone.now(), **form.cleaned_data)
        except (actions.NameTaken, actions.TooManyMeasures) as refusal:
            form.add_error("name", refusal.sentence)
        else:
            messages.success(request, "Saved. Now add its first points.")
            return redirect(measure)
    return render(request, "projects/measure_create.html", {"project": project, "form": form})


@require_safe
@load_measure
@requires("projects.read_project")
def measure_detail(request, measure):
    shown = {"measure": measure, "project": measure.project, "reading": reading_of(measure)}
    shown["is_owner"] = is_owner(request.user, measure)
    return render(request, "projects/measure_detail.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@load_measure
@requires("projects.change_project")
def measure_edit(request, measure):
    form = MeasureForm(posted(request), measure=measure)
    if form.is_valid():
        try:
            measure = actions.edit_measure(measure=measure, by=request.user, now=timezone.now(), **form.cleaned_data)
        except actions.NameTaken as refusal:
            form.add_error("name", refusal.sentence)
        except actions.BelowZero as refusal:
            form.add_error("at_zero", refusal.sentence)
        else:
            messages.success(request, f"Saved. {wanting(measure)}".strip())
            return redirect(measure)
    return render(request, "projects/measure_edit.html", {"measure": measure, "project": measure.project, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@load_measure
@requires("projects.change_project")
def measure_remove(request, measure):
    if request.method == "POST":
        project = actions.remove_measure(measure=measure, by=request.user, now=timezone.now())
        messages.success(request, "The measure and its points are gone.")
        return redirect("measure_list", project_id=project.pk)
    number = measure.points.count()
    points = (
        "There are no points yet"
        if not number
        else f"Its {number:,} points go with it"
        if number > 1
        else "Its point goes"
    )
    sentence = f"{measure.name}. {points}. This cannot be taken back: download the figures first if you may want them."
    return render(request, "projects/measure_remove.html", {"measure": measure, "sentence": sentence})


@require_safe
@load_measure
@requires("projects.read_project")
def measure_svg(request, measure):
    """The picture on its page; 404 while there is nothing to draw."""
    chart = reading_of(measure).chart
    if chart is None:
        raise Http404
    return charts.svg_response(chart, request.GET.get("size", ""))


@require_safe
@load_measure
@requires("projects.read_project")
def measure_png(request, measure):
    """The picture to keep; 404 while there is nothing to draw."""
    chart = reading_of(measure).chart
    if chart is None:
        raise Http404
    return charts.png_response(f"measure-{clock.today():%Y-%m-%d}", chart.file)


@require_safe
@load_measure
@requires("projects.read_project")
def measure_csv(request, measure):
    """What the chart's table shows, with all figures: it can be pasted or imported again."""
    rows = reading_of(measure).as_rows(notes_of(measure))
    return exports.csv_response(file_name=f"measure-{clock.today():%Y-%m-%d}", columns=COLUMNS, rows=rows)
