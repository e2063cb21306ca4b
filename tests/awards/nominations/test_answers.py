"""The form of a nomination: nothing typed is lost, everything missing is named with its place."""

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation

from awards.criteria import answers
from awards.models import Answer, AnswerDraft, Criterion
from awards.nominations import asked_once
from awards.stages import NominationState
from paritrana.accounts.models import AuditEvent
from tests import builders as b

MONTHS = {"part": "Bulan dibayar tepat waktu", "whole": "Bulan", "fixed": 12}
ITEMS = {
    "items": [
        {"code": code, "label": code.upper(), "points": 5000, "scales": scales}
        for code, scales in [("jkk", []), ("jkm", []), ("jp", ["besar"])]
    ]
}


@pytest.fixture
def asked(bali):
    """One criterion of every answered kind, by slug; the level asks for a note."""
    aspect = Criterion.objects.get(slug="regulasi").aspect
    more = [("iuran", "ratio", MONTHS), ("program", "checklist", ITEMS)]
    more += [("anggaran", "amount", {"unit": "Rp", "steps": [{"from": 0, "points": 10000}]})]
    for order, (slug, kind, rules) in enumerate(more, 10):
        Criterion.objects.create(
            aspect=aspect, slug=slug, name=slug.title(), kind=kind, weight=0, rules=rules, order=order
        )
    levels = Criterion.objects.get(slug="regulasi")
    levels.rules["note"] = {"label": "Nomor", "required": True}
    levels.save()
    return {criterion.slug: criterion for criterion in Criterion.objects.all()}


@pytest.fixture
def nomination(asked, bali, jembrana, staff):
    return b.nomination(bali, jembrana, by=staff)


def typed(asked, version=1, **given):
    """Everything a browser sends: ``part_slug=value``."""
    sent = {f"level-{asked['regulasi'].pk}": "-", "version": version}
    for name, value in given.items():
        part, slug = name.split("_")
        sent[f"{part}-{asked[slug].pk}"] = value
    return sent


def keep(client, nomination, data):
    return client.post(reverse("nomination-answers-keep", args=[nomination.pk]), data)


def page(client, nomination, data=None):
    url = reverse("nomination-answers", args=[nomination.pk])
    return client.post(url, data) if data is not None else client.get(url)


def values():
    return {answer.criterion.slug: answer.value for answer in Answer.objects.all()}


def test_what_can_be_read_becomes_an_answer_while_typing(nomination, asked, staff, signed_in):
    data = typed(asked, level_regulasi="perda", part_iuran="11", ticked_program=["jkk"], amount_anggaran="1.500,50")

    state = keep(signed_in(staff), nomination, data)

    assert (state.status_code, state.context["nomination"].version, state.context["faults"]) == (200, 2, [])
    assert values() == {
        "regulasi": {"level": "perda"},
        "iuran": {"part": 11, "whole": 12},
        "program": {"ticked": ["jkk"]},
        "anggaran": {"amount": 150050},
    }
    assert AnswerDraft.objects.count() == 0


def test_what_is_half_typed_is_kept_as_typed_beside_the_answers_that_are_whole(nomination, asked, staff, signed_in):
    client = signed_in(staff)

    state = keep(client, nomination, typed(asked, level_regulasi="perda", part_iuran="1x", note_iuran="catatan"))

    assert values() == {"regulasi": {"level": "perda"}}
    assert [fault["name"] for fault in state.context["faults"]] == [f"part-{asked['iuran'].pk}"]
    form = page(client, nomination).context["form"]
    assert form[f"part-{asked['iuran'].pk}"].value() == "1x"
    assert form[f"note-{asked['iuran'].pk}"].value() == "catatan"
    assert form["version"].value() == "2"


def test_a_note_typed_before_its_answer_is_not_lost(nomination, asked, staff, signed_in):
    client = signed_in(staff)

    keep(client, nomination, typed(asked, note_regulasi="Perda 1/2023"))

    assert page(client, nomination).context["form"][f"note-{asked['regulasi'].pk}"].value() == "Perda 1/2023"
    assert values() == {}


def test_a_draft_is_nobody_elses_business(nomination, asked, staff, jembrana, signed_in):
    keep(signed_in(staff), nomination, typed(asked, part_iuran="1x"))

    form = page(signed_in(b.branch_staff(jembrana)), nomination).context["form"]

    assert form[f"part-{asked['iuran'].pk}"].value() is None


def test_keeping_after_somebody_else_saved_overwrites_nothing_and_keeps_what_was_typed(
    nomination, asked, staff, signed_in
):
    client = signed_in(staff)
    keep(client, nomination, typed(asked, part_iuran="11"))

    state = keep(client, nomination, typed(asked, version=1, part_iuran="9"))

    assert state.status_code == 409
    told = [(row["mine"], row["theirs"]) for row in state.context["conflict"]]
    assert [(mine.split()[0], theirs.split()[0]) for mine, theirs in told] == [("9", "11")]
    assert values() == {"iuran": {"part": 11, "whole": 12}}
    shown = page(client, nomination)
    assert shown.context["form"][f"part-{asked['iuran'].pk}"].value() == "9"
    assert [row["label"] for row in shown.context["conflict"]] == ["Iuran"]


@pytest.mark.parametrize("version", ["", "x", "99", None])
def test_a_version_that_was_never_shown_overwrites_nothing(nomination, asked, staff, signed_in, version):
    client = signed_in(staff)
    page(client, nomination, typed(asked, part_iuran="11"))
    data = typed(asked, part_iuran="9", version=version or "")
    if version is None:
        del data["version"]

    assert page(client, nomination, data).status_code == 409
    assert values() == {"iuran": {"part": 11, "whole": 12}}


def test_saving_keeps_the_good_answers_and_shows_the_others_as_typed(nomination, asked, staff, signed_in):
    answer = page(signed_in(staff), nomination, typed(asked, part_iuran="13", level_regulasi="perda"))

    assert list(answer.context["form"].errors) == [f"part-{asked['iuran'].pk}"]
    assert answer.context["form"]["version"].value() == "2"
    assert values() == {"regulasi": {"level": "perda"}}


def test_none_of_these_is_an_answer_and_an_untouched_checklist_is_none(nomination, asked, staff, signed_in):
    client = signed_in(staff)

    page(client, nomination, typed(asked))
    untouched = values()
    page(client, nomination, typed(asked, none_program="on"))

    assert (untouched, values()) == ({}, {"program": {"ticked": []}})
    assert page(client, nomination).context["form"][f"none-{asked['program'].pk}"].value() is True


def test_items_and_none_of_these_contradict_each_other(nomination, asked, staff, signed_in):
    answer = page(signed_in(staff), nomination, typed(asked, ticked_program=["jkk"], none_program="on"))

    errors = answer.context["form"].errors.as_data()
    assert [(name, one.code) for name, found in errors.items() for one in found] == [
        (f"ticked-{asked['program'].pk}", "contradiction")
    ]


def test_what_is_not_saved_can_be_discarded(nomination, asked, staff, signed_in):
    client = signed_in(staff)
    keep(client, nomination, typed(asked, part_iuran="1x"))

    page(client, nomination, {"then": "discard"})

    assert AnswerDraft.objects.count() == 0


def test_everything_missing_is_named_with_the_place_where_it_is_given(nomination, asked, staff, signed_in):
    Criterion.objects.filter(slug="iuran").update(evidence="Bukti bayar", evidence_required=True)
    client = signed_in(staff)
    page(client, nomination, typed(asked, level_regulasi="perda", part_iuran="11"))

    found = client.get(nomination.get_absolute_url()).context["missing"]

    form = reverse("nomination-answers", args=[nomination.pk])
    assert [(one["kind"], one["url"]) for one in found] == [
        ("answer", f"{form}#criterion-{asked['program'].pk}"),
        ("answer", f"{form}#criterion-{asked['anggaran'].pk}"),
        ("note", f"{form}#criterion-{asked['regulasi'].pk}"),
        ("evidence", f"{form}#criterion-{asked['iuran'].pk}"),
        ("figure", reverse("coverage-edit", args=["51.01", 2023])),
    ]


@pytest.mark.parametrize("state", [NominationState.SENT, NominationState.VERIFIED])
def test_what_was_sent_is_not_changed_and_what_was_typed_is_kept(bali, jembrana, asked, staff, signed_in, state):
    nomination = b.nomination(bali, jembrana, state, by=staff)

    state = keep(signed_in(staff), nomination, typed(asked, part_iuran="9"))

    assert (state.status_code, values()) == (409, {})
    assert AnswerDraft.objects.get().texts[f"part-{asked['iuran'].pk}"] == ["9"]


def test_keeping_what_has_not_changed_writes_nothing(nomination, asked, staff, signed_in):
    client = signed_in(staff)
    keep(client, nomination, typed(asked, part_iuran="11"))

    keep(client, nomination, typed(asked, version=2, part_iuran="11"))

    nomination.refresh_from_db()
    assert nomination.version == 2
    assert AuditEvent.objects.filter(verb="nomination.answer").count() == 1


def test_the_items_of_the_own_scale_are_asked_and_the_law_is_told(nomination, asked, staff, signed_in):
    candidate = nomination.candidate
    candidate.scale, candidate.scale_basis, candidate.scale_amount = "mikro", "modal", 10
    candidate.save()

    shown = page(signed_in(staff), nomination)

    choices = shown.context["form"].fields[f"ticked-{asked['program'].pk}"].choices
    assert [code for code, _label in choices] == ["jkk", "jkm"]
    assert shown.context["page"].programmes == "JKK, JKM"
    asked_by_scale = [one.criterion.slug for one in shown.context["sections"][0].asked if one.is_by_scale]
    assert asked_by_scale == ["program"]


def test_an_aspect_folds_once_nothing_is_left_to_do_in_it(nomination, asked, staff, signed_in):
    def folded(data=None):
        return [section.is_settled for section in page(client, nomination, data).context["sections"]]

    client = signed_in(staff)
    everything = {"part_iuran": "12", "amount_anggaran": "1", "ticked_program": ["jkk"], "note_regulasi": "1/2023"}
    complete = typed(asked, **everything) | {f"level-{asked['regulasi'].pk}": "perda"}
    seen = [folded()]
    keep(client, nomination, complete)
    seen.append(folded())
    seen.append(folded(complete | {"version": 2, f"part-{asked['iuran'].pk}": "13"}))

    assert seen == [[False], [True], [False]]


def test_not_sent_yet_is_told_with_its_deadline_on_list_and_dossier(nomination, bali, staff, signed_in):
    import datetime

    from django.utils import timezone

    now = timezone.now()
    bali.dates.create(
        stage="nominasi", opens_at=now - datetime.timedelta(days=1), closes_at=now + datetime.timedelta(days=3, hours=1)
    )
    client = signed_in(staff)

    told = [
        client.get(url).context["deadlines"]
        for url in (nomination.get_absolute_url(), reverse("nominations", args=[bali.slug]))
    ]

    assert [[(one["state"], one["count"], bool(one["when"])) for one in found] for found in told] == [
        [(NominationState.DRAFT, 1, True)]
    ] * 2


def test_a_budget_of_trillions_can_be_typed(nomination, asked, staff, signed_in):
    state = keep(signed_in(staff), nomination, typed(asked, amount_anggaran="2.750.000.000.000,00"))

    assert (state.context["faults"], values()) == ([], {"anggaran": {"amount": 275_000_000_000_000}})


@pytest.mark.parametrize(("unit", "shown"), [("Rp", "Rp 1.500,00"), ("bulan", "1.500,00 bulan")])
def test_a_currency_stands_before_its_figure_and_any_other_unit_behind_it(unit, shown):
    with translation.override("id"):
        assert answers.answer_text("amount", {"unit": unit, "amount": 150_000}) == shown


def test_a_count_several_criteria_name_by_the_same_words_is_asked_once(db):
    words = {"part": "Pekerja terdaftar", "whole": "Seluruh pekerja"}
    criteria = [
        Criterion(pk=1, kind="ratio", rules=words),
        Criterion(pk=2, kind="ratio", rules={"part": "Pekerja dengan akun JMO", "whole": "Pekerja terdaftar"}),
        Criterion(pk=3, kind="ratio", rules={"part": "Pekerja dengan NIK valid", "whole": "Pekerja terdaftar"}),
    ]
    same = {1: ({"part": 80, "whole": 90}, ""), 2: ({"part": 40, "whole": 80}, "")}
    other = same | {3: ({"part": 40, "whole": 75}, "")}
    typed = QueryDict("part-1=80&whole-1=90&part-2=40")

    assert asked_once.repeated(criteria, same) == {"whole-2": "part-1", "whole-3": "part-1"}
    assert asked_once.repeated(criteria, other) == {"whole-2": "part-1"}
    complete = asked_once.filled(typed, {"whole-2": "part-1", "whole-3": "part-1"})
    assert (complete.get("whole-2"), "whole-3" in complete) == ("80", False)
