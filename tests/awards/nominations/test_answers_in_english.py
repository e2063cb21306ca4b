"""A page in English asks in English; what is stored stays as it is."""

from django.urls import reverse

from awards.editions.english import write_english
from awards.models import Answer, Criterion
from tests import builders as b

MONTHS = {"part": "Bulan dibayar tepat waktu", "whole": "Bulan", "fixed": 12}
TOLD = {
    "Bulan dibayar tepat waktu": "Months paid on time",
    "Paling lambat tanggal 15.": "By the 15th.",
    "Riwayat pembayaran": "History of payments",
    "Perda": "Regional regulation",
    "Nomor": "Number of it",
    "Aturan daerah": "Rules of the region",
}


def test_questions_levels_hints_and_evidence_are_in_english_before_and_after_a_fault(bali, jembrana, staff, signed_in):
    level = Criterion.objects.get(slug="regulasi")
    level.rules["note"] = {"label": "Nomor", "required": True}
    level.rules["levels"][0]["label"] = "Perda"
    level.name = "Aturan daerah"
    level.save()
    texts = {"guidance": "Iuran.\nPaling lambat tanggal 15.", "evidence": "Riwayat pembayaran"}
    ratio = Criterion.objects.create(
        aspect=level.aspect, slug="iuran", name="Iuran", kind="ratio", weight=0, rules=MONTHS, order=10, **texts
    )
    nomination = b.nomination(bali, jembrana, by=staff)
    write_english(bali.edition, TOLD)
    client, address = signed_in(staff), reverse("nomination-answers", args=[nomination.pk])
    client.cookies["language"] = "en"
    typed = {"version": 1, f"part-{ratio.pk}": "13", f"level-{level.pk}": level.rules["levels"][0]["code"]}

    shown, refused = client.get(address).content.decode(), client.post(address, typed).content.decode()
    client.post(reverse("nomination-answers-keep", args=[nomination.pk]), typed | {f"part-{ratio.pk}": "11"})

    for page in (shown, refused):
        assert [words for words in TOLD.values() if words not in page] == []
        assert [words for words in ("tepat waktu", "Aturan daerah") if words in page] == []
    assert Answer.objects.get(criterion=level).value == {"level": level.rules["levels"][0]["code"]}
