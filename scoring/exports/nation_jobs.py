"""The workbook of all Indonesia, made beside the page that asked for it."""

from django_tasks import task

from awards.editions import permissions
from awards.models import Edition
from paritrana.accounts.models import User
from paritrana.downloads import named
from paritrana.intake.made_files import MadeFile
from paritrana.queue.phases import WorkRun
from scoring.exports import actions


def nation_file(edition: Edition, user: User) -> MadeFile:
    return MadeFile(f"export-nation {edition.slug}", user)


def begin(edition: Edition, language: str, *, by: User) -> None:
    nation_file(edition, by).begin(write_nation, edition.pk, by.pk, language)


@task()
def write_nation(run: list[str], edition: int, user: int, language: str) -> None:
    def write(run: WorkRun) -> None:
        of, by = Edition.objects.get(pk=edition), User.objects.get(pk=user)
        permissions.require(permissions.may_export_results(by, of))

        def keep(content: bytes) -> None:
            nation_file(of, by).keep(run, f"indonesia-{of.slug}{named(language)}.xlsx", content)

        actions.export_nation(of, by=by, language=language, tell=run.tell, made=keep)

    WorkRun(*run).carry_out_or_tell(write)
