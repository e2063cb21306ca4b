"""Questions about winners are answered where they are asked; until then nothing rests on a guess."""

import pytest
from django.urls import reverse

from awards.models import Candidate, PastAward, Role
from paritrana.accounts.models import AuditEvent
from regions.models import Region
from scoring.documents import past
from scoring.documents.certificate_actions import make_past
from tests import builders as b
from tests.awards.past_winners.lists import total


class TestAProvinceNobodyUnderstood:
    @pytest.fixture
    def award(self, java, taken):
        taken({"province": "Jatimnesia", "region": "Kota Malang"})
        return PastAward.objects.get()

    @pytest.fixture
    def nation(self, client):
        client.force_login(b.appointed(Role.NATIONAL_COMMITTEE, b.edition()))
        return client

    def sent(self, award, **more):
        given = {"kind": "company", "prize": "juara", "place": 1, "zone": "", "name": award.name, "candidate": ""}
        return given | {"region": "", "remark": "", "reason": "Dibaca", "version": award.version} | more

    def test_it_is_asked_for_where_the_question_is_and_answered_there(self, award, nation, java):
        url = reverse("past-settle", args=[award.pk])
        page = nation.get(url)

        refused = nation.post(url, self.sent(award))
        answer = nation.post(url, self.sent(award, province=java.pk))

        award.refresh_from_db()
        assert "Jatimnesia" in page.content.decode()
        assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["province"])
        assert (answer.status_code, award.province, award.questions) == (302, java, [])

    def test_a_winner_among_many_candidates_is_found_by_search_and_what_was_typed_stays(self, award, nation, java):
        for number in range(60):
            b.company(java.children.get(code="35.73"), f"PT Nomor {number:02d}")
        url, wanted = reverse("past-settle", args=[award.pk]), Candidate.objects.get(name="PT Nomor 59")

        page = nation.get(url).context["form"]
        found = nation.post(url, self.sent(award, candidate_text="Nomor 59", candidate_search="", remark="Sudah dicek"))
        nation.post(url, self.sent(award, province=java.pk, candidate=wanted.pk))

        award.refresh_from_db()
        assert len(page.fields["candidate"].offered) == 50
        assert found.context["form"].fields["candidate"].offered == [wanted]
        assert (found.status_code, "Sudah dicek" in found.content.decode()) == (200, True)
        assert award.candidate == wanted

    def test_a_region_among_many_is_found_by_search_and_those_of_the_province_come_first(self, award, nation, java):
        papua = b.province("94", "Papua")
        Region.objects.bulk_create(
            Region(code=f"94.{number:02d}", name=f"Kabupaten Jauh {number:02d}", kind="kabupaten", parent=papua)
            for number in range(1, 61)
        )
        PastAward.objects.filter(pk=award.pk).update(province=papua)
        url = reverse("past-settle", args=[award.pk])

        offered = nation.get(url).context["form"].fields["region"].offered
        found = nation.post(url, self.sent(award, region_text="jauh 60", region_search="")).context["form"]

        assert (len(offered), {one.code[:2] for one in offered[1:]}) == (50, {"94"})  # after the one chosen before
        assert [one.code for one in found.fields["region"].offered] == ["94.60"]

    def test_the_region_must_lie_in_it(self, award, nation, java):
        bali = b.province("51", "Bali")
        region = java.children.get(code="35.73")

        page = nation.post(
            reverse("past-settle", args=[award.pk]), self.sent(award, province=bali.pk, region=region.pk)
        )

        assert list(page.context["form"].errors) == ["region"]

    def test_nothing_is_printed_until_it_is_settled(self, award):
        assert (list(past.published()), make_past([award], by=None)) == ([], [])

    def test_nothing_is_called_national_until_it_is_settled(self, award, client):
        page = client.get(reverse("past-winners")).content.decode()

        row = page[page.index(f'data-award="{award.pk}"') :].split("</tr>")[0]
        assert award.is_unplaced
        assert "nasional" not in row.lower()
        assert "recipient" not in row and "/penerima/" not in row


class TestANamesake:
    @pytest.fixture
    def asked(self, java, taken):
        taken({"place": "1"}, {"place": "3"})
        return list(PastAward.objects.order_by("pk"))

    def sent(self, award, **more):
        given = {"kind": "company", "prize": "juara", "place": 1, "zone": "", "name": award.name, "candidate": ""}
        return given | {"region": "", "remark": "", "reason": "Ditanya", "version": award.version} | more

    def test_a_person_says_it_is_the_same_award_and_it_is_listed_once(self, asked, java, client, taken):
        one, other = asked
        client.force_login(b.appointed(Role.NATIONAL_COMMITTEE, b.edition()))

        client.post(reverse("past-settle", args=[other.pk]), self.sent(other, same_as=one.pk))
        told = taken({"place": "1"}, {"place": "3"})

        listed = client.get(reverse("past-winners")).context["page"].object_list
        assert ([award.pk for award in listed], PastAward.objects.count()) == ([one.pk], 2)
        assert total(told) == [2, 0, 2, 0, 0]
        assert AuditEvent.objects.of(other).get(verb="history.settle").detail["after"]["same_as"] == one.pk

    def test_a_person_says_it_is_another_and_both_stay(self, asked, client):
        one, other = asked
        client.force_login(b.appointed(Role.NATIONAL_COMMITTEE, b.edition()))

        client.post(reverse("past-settle", args=[other.pk]), self.sent(other, place=3, same_as=""))

        assert list(PastAward.objects.current().order_by("pk").values_list("questions", flat=True)) == [[], []]


class TestASharedPlace:
    @pytest.mark.parametrize(
        ("places", "joint"),
        [
            (["1", "2", "2", "2", "5"], [2, 2, 2]),
            (["Juara I", "Juara I", "Juara III"], [1, 1]),
            (["1", "1", "2"], []),
            (["1", "2", "2"], []),
        ],
    )
    def test_is_no_question_where_the_next_places_are_left_out(self, java, taken, places, joint):
        taken(*({"place": place, "name": f"PT Angin {at}"} for at, place in enumerate(places)))

        assert list(PastAward.objects.filter(is_joint=True).values_list("place", flat=True)) == joint
        assert PastAward.objects.questionable().exists() is not bool(joint)

    def test_of_the_nation_is_shared_wherever_the_winners_are_at_home(self, java, taken):
        homes = ["Jawa Timur", "", "Jawa Timur", ""]
        taken(
            *(
                {"level": "nasional", "place": place, "name": f"PT Angin {at}", "province": homes[at]}
                for at, place in enumerate(["1", "2", "2", "4"])
            )
        )

        assert list(PastAward.objects.filter(is_joint=True).values_list("place", flat=True)) == [2, 2]


class TestANationalWinner:
    def test_is_at_home_where_its_province_says(self, java, taken):
        nation = {"level": "nasional", "category": "Pemerintah Kabupaten/Kota"}

        taken(nation | {"name": "Kabupaten Malang"}, {"level": "nasional", "name": "PT Angin"})

        regions = PastAward.objects.order_by("name").values_list("region__code", "province", "questions")
        assert list(regions) == [("35.07", None, []), ("35", None, [])]

    def test_whose_province_is_not_understood_is_asked_about(self, java, taken):
        taken({"level": "nasional", "province": "Jatimnesia"})

        assert PastAward.objects.get().questions == ["region"]

    def test_told_by_two_sources_is_one_and_keeps_the_nearer_region(self, java, taken):
        nation = {"level": "nasional"}

        taken(nation, nation | {"province": "", "region": "Kota Malang", "source": "https://contoh.example/b"})
        taken(nation)

        award = PastAward.objects.get()
        assert (award.region.code, award.region_words, len(award.sources)) == ("35.73", "Kota Malang", 2)
