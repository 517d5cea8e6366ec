"""The one address through which lists leave the house."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from accounts.permission import requires
from cohorts import actions
from cohorts.loaders import load_cohort
from elements import exports
from elements.clock import today
from elements.house import is_switched_off
from elements.registry import export_named


@require_safe
@load_cohort
@requires("cohorts.export")
def export(request, cohort, name, kind):
    """A registered list as CSV or XLSX, with the page's own filters. No file without its audit record."""
    listed = export_named(name)
    if listed is None or kind not in exports.KINDS or is_switched_off(listed.permission.partition(".")[0], cohort):
        raise Http404
    if not request.user.has_perm(listed.permission, cohort):
        raise PermissionDenied
    if request.method == "GET":
        actions.note_export(cohort=cohort, title=listed.title, by=request.user)
    rows = listed.rows(request.user, cohort, request.GET)
    name = f"{slugify(cohort.name) or 'cohort'}-{listed.filename}-{today():%Y-%m-%d}"
    if kind == "csv":
        return exports.csv_response(file_name=name, columns=listed.columns, rows=rows)
    return exports.workbook_response(
        file_name=name, title=listed.title, row_meaning=listed.row_meaning, columns=listed.columns, rows=rows
    )
