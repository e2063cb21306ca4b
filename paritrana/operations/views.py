"""For machines: is it alive, is it ready, what does it count. For administrators: the page of the installation."""

import platform
import secrets
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.db import connection
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_tasks_db.models import DBTaskResult

from awards.models import Letter
from paritrana import __version__
from paritrana.accounts.models import AuditEvent, User
from paritrana.accounts.permissions import require_people
from paritrana.accounts.requests import UserRequest
from paritrana.display.refusals import done
from paritrana.operations import health
from paritrana.queue.models import QueueWorker

SHOWN = 50


@login_not_required
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("alive\n", content_type="text/plain")


@login_not_required
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Whether a proxy may send requests here."""
    found = health.checks()
    states = {each.name: each.fault or "ok" for each in found}
    is_ready = health.is_ready(found)
    return JsonResponse({"ready": is_ready, "checks": states}, status=200 if is_ready else 503)


@login_not_required
def metrics(request: HttpRequest) -> HttpResponse:
    """For Prometheus, to whoever has the token; and for administrators."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ").encode()
    has_token = bool(settings.METRICS_TOKEN) and secrets.compare_digest(given, settings.METRICS_TOKEN.encode())
    if not has_token and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    if not has_token:
        require_people(cast(User, request.user))
    from django_prometheus.exports import ExportToDjangoView

    answer: HttpResponse = ExportToDjangoView(request)
    answer.write("".join(f"paritrana_{name} {value}\n" for name, value in _counted().items()).encode())
    return answer


def _counted() -> dict[str, float | str]:
    tasks = DBTaskResult.objects
    return {
        "tasks_waiting": tasks.ready().count(),
        "tasks_failed": tasks.failed().count(),
        "workers": QueueWorker.objects.filter(beaten_at__gte=timezone.now() - health.SILENT).count(),
        "letters_unsent": Letter.objects.unsent().count(),
        "letters_given_up": Letter.objects.given_up().count(),
        "disk_free_bytes": health.free_bytes(),
        "clock_skew_seconds": f"{health.clock_skew():.3f}",
    }


@require_safe
def page(request: UserRequest) -> HttpResponse:
    require_people(request.user)
    states = dict(DBTaskResult.objects.order_by().values_list("status").annotate(Count("pk")))
    context: dict[str, Any] = {
        "checks": health.checks(),
        "version": __version__,
        "python": platform.python_version(),
        "engine": connection.display_name,
        "workers": QueueWorker.objects.all()[:SHOWN],
        "silent_since": timezone.now() - health.SILENT,
        "waiting": states.get("READY", 0),
        "running": states.get("RUNNING", 0),
        "failed": DBTaskResult.objects.failed().order_by("-finished_at")[:SHOWN],
        "letters": Letter.objects.unsent().count(),
        "given_up": Letter.objects.given_up().count(),
        "made": _last("backup.make"),
        "verified": _last("backup.verify"),
        "free": health.free_bytes() // 1024**3,
        "skew": f"{health.clock_skew():.2f}",
        "is_shared": settings.OBJECT_STORE,
    }
    return render(request, "operations/page.html", context)


def _last(verb: str) -> AuditEvent | None:
    return AuditEvent.objects.filter(verb=verb).order_by("-pk").first()


@require_POST
def task_retry(request: UserRequest, pk: UUID) -> HttpResponse:
    """Queue a task that failed for good as if it were new."""
    require_people(request.user)
    fresh = {"status": "READY", "worker_ids": [], "run_after": timezone.now(), "finished_at": None}
    if not DBTaskResult.objects.failed().filter(pk=pk).update(**fresh):
        raise Http404
    return done(request, _("The task is tried once more."), "operations")
