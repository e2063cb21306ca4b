"""The workbook of all Indonesia, made beside the page that asked for it and kept for a day for whoever asked."""

from __future__ import annotations

from django_tasks import task

from awards.editions import permissions
from awards.models import Edition
from paritrana.accounts.models import User
from paritrana.downloads import named
from paritrana.intake import staging
from paritrana.intake.staging import Upload
from paritrana.queue import phases
from paritrana.queue.phases import Phase, WorkRun
from scoring.exports import actions


def now(edition: Edition, user: User) -> Phase | None:
    return phases.now(_key(edition.pk, user.pk))


def made(edition: Edition, user: User, phase: Phase | None) -> Upload | None:
    """The file last made for this person, as long as it is kept."""
    return staging.find(user, phase.detail.get("file", ""), _about(edition)) if phase else None


def begin(edition: Edition, language: str, *, by: User) -> None:
    phases.begin(_key(edition.pk, by.pk), "making", write_nation, edition.pk, by.pk, language)


def _key(edition: int, user: int) -> str:
    return f"nation-{edition}-{user}"


def _about(edition: Edition) -> str:
    return f"export-nation {edition.slug}"


@task()
def write_nation(run: list[str], edition: int, user: int, language: str) -> None:
    def write(run: WorkRun) -> None:
        of, by = Edition.objects.get(pk=edition), User.objects.get(pk=user)
        permissions.require(permissions.may_export_results(by, of))

        def keep(content: bytes) -> None:
            kept = staging.fresh(by, f"indonesia-{of.slug}{named(language)}.xlsx", [content], _about(of))
            run.finish("made", file=kept.key)

        actions.export_nation(of, by=by, language=language, tell=run.tell, made=keep)

    WorkRun(*run).carry_out_or_tell(write)
