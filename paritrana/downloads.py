from django.conf import settings
from django.http import HttpResponse

from paritrana.display.pdf import PDF

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ICS, JSON = "text/calendar; charset=utf-8", "application/json"
TYPES = {"xlsx": XLSX, "csv": "text/csv; charset=utf-8", "json": JSON, "pdf": PDF}


def zip_answer(content: bytes, name: str) -> HttpResponse:
    return attached(content, name, "application/zip")


def named(language: str) -> str:
    """The file name of a download; the language is added unless it is the official one."""
    return "" if language == settings.LANGUAGE_CODE else f"-{language}"


def attached(content: bytes, name: str, kind: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)


def attachment(content: bytes, name: str, form: str, language: str) -> HttpResponse:
    return attached(content, f"{name}{named(language)}.{form}", TYPES[form])
