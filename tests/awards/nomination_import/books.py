"""Filling in the workbook of nominations, handing it in, and confirming what it shows."""

import io

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from awards.nomination_import.intake import NominationIntake
from paritrana.accounts.models import User


def at(selection, name, *more):
    return reverse(name, args=[selection.slug, "perusahaan", *more])


def blank(client, selection):
    content = client.get(at(selection, "nominations-template")).content
    return openpyxl.load_workbook(io.BytesIO(content))


def filled(client, selection, *rows):
    """The template with rows given by the keys of the columns, as a person would fill it in."""
    columns = NominationIntake(selection, selection.categories.get(slug="perusahaan"), User()).columns()
    keys = [column.name for column in columns]
    book = blank(client, selection)
    for number, row in enumerate(rows, 2):
        for key, value in row.items():
            book.worksheets[0].cell(number, keys.index(key) + 1).value = value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def row(name="PT Angin Timur", **more):
    given = {
        "name": name,
        "region_code": "51.01",
        "npp": "KK000001",
        "sector": "Jasa",
        "part-patuh": 11,
        "ticked-digital": "sipp",
    }
    return given | more


def hand_in(client, selection, content):
    file = SimpleUploadedFile("nominasi.xlsx", content)
    return client.post(at(selection, "nominations-upload"), {"file": file}, follow=True)


def confirm(client, selection, shown, **changed):
    upload, preview = shown.context["upload"], shown.context["preview"]
    sent = {"digest": upload.digest, "fingerprint": preview.fingerprint} | changed
    return client.post(at(selection, "nominations-upload-read", upload.key), sent)
