"""What is read before and after a workshop."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permission import requires
from elements import files
from elements.sent import posted, uploaded
from workshops import actions
from workshops.forms.series import MaterialForm
from workshops.loaders import load_material, load_workshop
from workshops.series import content_of


@require_http_methods(["GET", "HEAD", "POST"])
@load_workshop
@requires("workshops.bring_materials")
def material_create(request, workshop):
    form = MaterialForm(posted(request), uploaded(request))
    if form.is_valid():
        given = form.cleaned_data
        known = {"workshop": workshop, "when": given["when"], "label": given["label"], "mark": given["sending"]}
        known |= {"by": request.user, "now": timezone.now()}
        if form.is_file:
            file = given["file"]
            actions.keep_file(
                name=file["name"],
                content_type=file["content_type"],
                content=file["content"],
                **known,
            )
        else:
            actions.add_link(url=given["url"], **known)
        messages.success(request, f"{given['label']} is among the materials.")
        return redirect(workshop)
    return render(request, "workshops/material_create.html", {"workshop": workshop, "form": form})


@require_safe
@load_material
@requires("workshops.see_workshop", where_off="workshops.keep_materials")
def material_download(request, material):
    """The file, under a name of the house's own."""
    found = content_of(material)
    if found is None or not found.is_file:
        raise Http404
    name = slugify(found.label)[:60].strip("-") or "material"
    return files.handed_out(name, content=bytes(found.content), content_type=found.content_type)


@require_http_methods(["GET", "HEAD", "POST"])
@load_material
@requires("workshops.bring_materials")
def material_remove(request, material):
    if request.method == "POST":
        actions.remove_material(material=material, by=request.user)
        messages.success(request, f"{material.label} is removed.")
        return redirect(material.workshop)
    return render(request, "workshops/material_remove.html", {"material": material})
