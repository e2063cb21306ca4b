"""Whoever nominated gets a letter when something is returned, exempted, cleared or withdrawn; never a second one."""

import pytest

from awards.letters import news
from awards.models import Letter, Nomination, Selection
from awards.nominations import exceptions, shortlisting, transitions
from awards.stages import NominationState, Stage
from tests import builders as b


@pytest.fixture
def sent(bali, jembrana, staff):
    return b.nomination(bali, jembrana, NominationState.SENT, by=staff)


def letters():
    return [(letter.to, letter.subject) for letter in Letter.objects.order_by("pk")]


def test_a_return_is_told_with_its_reason_and_the_remarks(sent, committee, regulation, staff):
    transitions.return_for_repair(sent, by=committee, reason="Belum lengkap", remarks={regulation: "Nomor perda"})

    (letter,) = Letter.objects.all()
    assert letter.to == staff
    assert all(words in letter.body for words in ("Belum lengkap", "Nomor perda", str(regulation), "/nominasi/"))


@pytest.mark.parametrize("verb", ["withdraw", "disqualify"])
def test_leaving_is_told_and_so_is_coming_back(sent, committee, verb):
    transitions.move(verb, sent, by=committee, reason="Permintaan bupati")
    transitions.move("reinstate", sent, by=committee, reason="Keliru")

    assert [("Permintaan bupati" in one.body, "Keliru" in one.body) for one in Letter.objects.order_by("pk")] == [
        (True, False),
        (False, True),
    ]


def test_an_exemption_and_its_end_are_told(sent, committee, regulation, staff):
    made = exceptions.exempt(sent, regulation, reason="Wilayah baru", version=sent.version, by=committee)
    exceptions.end_exemption(made, version=sent.version, by=committee)

    assert [to for to, _subject in letters()] == [staff, staff]
    assert "Wilayah baru" in Letter.objects.order_by("pk")[0].body


def test_whoever_does_it_gets_no_letter(sent, staff):
    transitions.withdraw(sent, by=staff, reason="Mengundurkan diri")

    assert letters() == []


def test_a_colleague_of_the_branch_gets_one_too_and_one_who_left_does_not(sent, committee, staff, jembrana):
    colleague, former = b.branch_staff(jembrana), b.branch_staff(jembrana)
    former.is_active = False
    former.save()

    transitions.withdraw(sent, by=committee, reason="Alasan")

    assert {to for to, _subject in letters()} == {staff, colleague}


def test_a_nominator_who_moved_elsewhere_is_told_nothing(sent, staff):
    staff.postings.all().delete()

    assert news.nominators([sent]) == {}


def test_verifying_is_no_news(sent, committee):
    transitions.verify(sent, by=committee)

    assert letters() == []


def verified(nomination):
    Nomination.objects.filter(pk=nomination.pk).update(state=NominationState.VERIFIED)
    Selection.objects.filter(pk=nomination.selection_id).update(stage=Stage.VERIFICATION)


def test_being_left_off_the_interview_list_is_told_once_for_all_of_them(sent, bali, committee, staff, jembrana):
    badung = b.regency("51.03", "Kabupaten Badung")
    staff.postings.get().branch.working_area.add(badung)
    other = b.nomination(bali, badung, NominationState.VERIFIED, by=staff)
    verified(sent)
    chosen = {each: each.version for each in Nomination.objects.with_context().filter(pk__in=[sent.pk, other.pk])}
    shortlisting.choose("pass-over", chosen, by=committee, reason="Kuota penuh")

    (letter,) = Letter.objects.all()
    assert letter.to == staff
    assert all(words in letter.body for words in ("Kuota penuh", str(sent), f"/nominasi/{other.pk}/"))


def test_leaving_off_a_single_one_is_told_as_well(sent, committee, staff):
    verified(sent)
    transitions.pass_over(sent, by=committee, reason="Kuota penuh")

    assert [to for to, _subject in letters()] == [staff]
