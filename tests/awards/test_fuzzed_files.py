"""Files made at random for every importer: each is written whole or not at all, and none ends in an error of ours."""

import io
import random

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation

from awards.models import Candidate, Criterion, Nomination, PastAward, Sector
from awards.nomination_import.intake import NominationIntake
from awards.stages import Stage
from paritrana.accounts.models import AuditEvent, User
from paritrana.intake import staging
from paritrana.queue.models import StagedFile, WorkPhase
from paritrana.workbooks import Unreadable, read_table, sandbox
from regions.models import Coverage, CoverageVersion, Definition, Denominator, Region, Target
from tests import builders as b
from tests.paritrana.workbooks.spreadsheets import DAY, LITERAL, PERCENT, formula, number, sheet, xlsx

pytestmark = pytest.mark.django_db

MANY = 40
NASTY = [
    *(None, None, "", " ", "\u200b52300", "24080\u00a0", "31%", "31,5%", "-1", "1e400", "nan", "NULL", "x" * 2_001),
    *("51", "51.01", "5101", "51.1", 51.1, 2024, 2024.5, -7, 10**15, 1e300, "2024", "2024-12-31", "31/12/2024", "00"),
    *("PU", "pu ", "BPU", "‘; DROP TABLE", "PT\nContoh", "=1+1", "'", '"', "漢", "\u202e51.01", "TRUE", "0"),
    *(
        number("2024.0"),
        number(0.31, PERCENT),
        number(45657, DAY),
        number(31, LITERAL),
        number("nan"),
        number("1E+308"),
    ),
    *(
        formula("1+1", "2"),
        formula("A1"),
        '<c t="e"><v>#DIV/0!</v></c>',
        '<c t="b"><v>1</v></c>',
        '<c t="s"><v>9</v></c>',
    ),
    *(
        '<c t="d"><v>2024-13-45</v></c>',
        '<c t="s"><v>9</v></c>',
        number(10**9),
        number(0),
        number(52_300),
        number(24_080),
    ),
]
SOUND = {
    "coverage": {
        "year": [2024], "region_code": ["51.01", "51.02"], "segment": ["PU", "BPU"], "workers": [100, "1.000"],
        "participants": [50, "60"], "territory": ["regency or city"], "source": ["x", None],
        "as_of": ["2024-12-31", None],
    },
    "targets": {
        "year": [2025], "region_code": ["51", "51.01"], "segment": ["PU", None], "percent": [31, number(0.4, PERCENT)],
        "source": ["RPJMD", None],
    },
    "denominators": {
        "year": [2024], "region_code": ["51.01", "51.02"], "segment": ["PU", "BPU"], "workers": [1000, "2.000"],
        "source": ["BPS"], "as_of": ["2024-08-31"], "definition": ["", "employed"],
    },
    "winners": {
        "period": [2022], "level": ["nasional", "provinsi"], "province": ["Bali", None], "zone": [None],
        "category": ["Badan Usaha", "Pemerintah Desa"], "sector": ["Jasa"], "place": [1, "juara dua"],
        "name": ["PT Contoh", "Desa Contoh"], "region": ["Bali", None], "source": ["https://contoh.id"],
    },
}  # fmt: skip


def workbook(chance, columns):
    """Mostly sound rows, some nasty cells; now and then a heading too many, too few, or elsewhere."""
    names = list(columns)
    if chance.random() < 0.3:
        chance.shuffle(names)
    if chance.random() < 0.1:
        names.remove(chance.choice(names))
    nastiness = chance.choice([0, 0, 0.02, 0.2, 1])
    rows = [
        [chance.choice(NASTY if chance.random() < nastiness else columns[name]) for name in names]
        for _ in range(chance.randrange(1, 9))
    ]
    if chance.random() < 0.1:
        names = [*names, chance.choice([*names, "No.", None])]
    hidden = {row for row in range(2, 9) if chance.random() < 0.1}
    place = {"first_row": chance.choice([1, 1, 1, 4]), "first_column": chance.choice([0, 0, 0, 2])}
    return xlsx(sheet(names, *rows, hidden=hidden, **place), *[sheet(["x"])] * chance.randrange(2))


def stored():
    models = (Coverage, CoverageVersion, Target, Denominator, Definition, PastAward, Candidate, Nomination, AuditEvent)
    return {model.__name__: model.objects.count() for model in models}


@pytest.fixture
def jembrana():
    for code in ("PU", "BPU"):
        b.segment(code)
    b.definition("regency or city")
    b.regency("51.02", "Kabupaten Tabanan")
    return b.regency("51.01", "Kabupaten Jembrana")


@pytest.mark.parametrize("command", SOUND)
@pytest.mark.parametrize("seed", range(MANY))
def test_a_command_writes_a_file_whole_or_says_why_not(tmp_path, jembrana, command, seed):
    path, before = tmp_path / "file.xlsx", stored()
    path.write_bytes(workbook(random.Random(f"{command} {seed}"), SOUND[command]))
    by = b.person("Ni Luh") if command == "denominators" else None
    options = {"by": by.email} if by else {}

    def run(**more):
        call_command(f"import_{command}", str(path), stdout=io.StringIO(), skip_checks=True, **options, **more)

    try:
        run(dry_run=True)
        dry = stored()
        run()
    except CommandError as refusal:
        assert str(refusal).strip()
        assert refusal.returncode in {1, 2}
        assert stored() == before
    else:
        assert dry == before
        run()  # the same file again is welcome


def read_here(user, content, about):
    """A file as it lies when the child has read it; None where it was refused."""
    upload = staging.fresh(user, "file.xlsx", [content], about)
    try:
        table = read_table(io.BytesIO(content), "file.xlsx")
    except Unreadable:
        return None
    StagedFile.objects.filter(key=upload.key).update(table=staging.packed(sandbox.plain(table)))
    WorkPhase.objects.create(key=upload.work, state="read", done=len(table.rows), of=len(table.rows))
    return upload


def confirmed(client, address):
    """Looks at what a file would do and confirms it; both statuses, whether it is faulty, whether it asks anything."""
    shown = client.get(address)
    preview = shown.context["preview"]
    given = {"digest": preview.digest, "fingerprint": preview.fingerprint}
    asks = bool(getattr(preview, "questions", []))
    return shown.status_code, client.post(address, given).status_code, bool(preview.faults), asks


@pytest.mark.parametrize("seed", range(MANY))
def test_coverage_is_uploaded_whole_or_not_at_all(client, jembrana, seed):
    staff = b.branch_staff(jembrana, *Region.objects.filter(code="51.02"))
    client.force_login(staff)
    upload = read_here(staff, workbook(random.Random(seed), SOUND["coverage"]), staging.COVERAGE)
    before = stored()

    if upload:
        first, second, is_faulty, asks = confirmed(client, reverse("coverage-upload-read", args=[upload.key]))

        assert (first, second) == (200, 409 if is_faulty else 422 if asks else 302)
        assert second == 302 or stored() == before


@pytest.fixture
def bali(jembrana):
    category = b.category(slug="perusahaan", kind="company")
    b.rubric(category, ("patuh", "ratio", 5000), ("inovasi", "mark", 5000))
    Criterion.objects.filter(slug="patuh").update(rules={"part": "bulan tepat", "whole": "bulan", "fixed": 12})
    Sector.objects.create(category=category, slug="jasa", name="Jasa")
    return b.selection(Stage.NOMINATION)


@pytest.mark.parametrize("seed", range(MANY))
def test_nominations_are_uploaded_whole_or_not_at_all(client, jembrana, bali, seed):
    staff = b.branch_staff(jembrana)
    client.force_login(staff)
    content = workbook(random.Random(seed), nominations(bali))
    upload = read_here(staff, content, f"nominations-{bali.slug}-perusahaan")
    before = stored()

    if upload:
        at = reverse("nominations-upload-read", args=[bali.slug, "perusahaan", upload.key])
        first, second, is_faulty, asks = confirmed(client, at)

        assert (first, second) == (200, 409 if is_faulty else 422 if asks else 302)
        assert second == 302 or stored() == before


def nominations(selection):
    good = {
        "name": ["PT A", "CV B"],
        "region_code": ["51.01"],
        "npp": [None],
        "sector": ["Jasa"],
        "kbli": ["01111"],
        "part-patuh": [11, None],
    }
    intake = NominationIntake(selection, selection.categories.get(slug="perusahaan"), User())
    with translation.override(settings.LANGUAGE_CODE):
        return {column.heading: good.get(column.name, [None]) for column in intake.columns()}
