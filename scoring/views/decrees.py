"""The document of a panel's decree: attached by the committee, read by everybody who sees the panel."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from awards import permissions, stored_files
from awards.delivery import HEADERS, damage_explained
from awards.stages import Permission
from scoring.actions.decrees import attach_decree, decree_stored
from scoring.forms.panels import DecreeDocumentForm
from scoring.models import Panel
from scoring.views.access import selection_seen


@require_http_methods(["GET", "HEAD", "POST"])
def decree_document(request: HttpRequest, slug: str) -> HttpResponse:
    selection = selection_seen(request, slug)
    permissions.require(request.user, Permission.MANAGE_PANEL, selection)
    form = DecreeDocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            attach_decree(selection, form.cleaned_data["document"], by=request.user)
        except ValidationError as error:
            form.add_error("document", error)
        else:
            messages.success(request, _("The document of the decree is attached."))
            return redirect("panel", selection.slug)
    return render(request, "scoring/panel/decree_document.html", {"selection": selection, "form": form})


@require_safe
@damage_explained
def decree_file(request: HttpRequest, slug: str) -> FileResponse:
    selection = selection_seen(request, slug)
    panel = Panel.objects.filter(selection=selection).exclude(decree_key="").first()
    if panel is None:
        raise Http404
    content = stored_files.opened(decree_stored(panel))
    kind = "application/pdf"
    return FileResponse(content, as_attachment=True, filename=panel.decree_file, content_type=kind, headers=HEADERS)
