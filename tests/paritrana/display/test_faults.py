"""An empty box says what to do, by its own name; what a form says itself stays as it is."""

import pytest
from django import forms
from django.utils import translation

from paritrana.display.days import DayField
from paritrana.display.faults import faults_of


class EveryKind(forms.Form):
    region = forms.ChoiceField(label="Wilayah", choices=[("a", "A")])
    reason = forms.CharField(label="Alasan", widget=forms.Textarea)
    npwp = forms.CharField(label="NPWP")
    paper = forms.FileField(label="Berkas keputusan")
    agreed = forms.BooleanField(label="Saya setuju")
    held_on = DayField(label="Tanggal pleno")
    why = forms.CharField(label="Mengapa angka ini benar?")
    own = forms.CharField(label="Nama", error_messages={"required": "Nama siapa?"})


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("region", "Pilih wilayah."),
        ("reason", "Tulis alasan."),
        ("npwp", "Tulis NPWP."),
        ("paper", "Lampirkan berkas: berkas keputusan."),
        ("agreed", "Centang “Saya setuju” untuk melanjutkan."),
        ("held_on", "Isi tanggal pleno."),
        ("why", "Tulis jawaban di sini."),
        ("own", "Nama siapa?"),
    ],
)
def test_an_empty_box_names_the_act(name, words):
    with translation.override("id"):
        assert faults_of(EveryKind({})[name]) == [words]


def test_other_faults_keep_their_words():
    with translation.override("id"):
        assert faults_of(EveryKind({"held_on": "besok"})["held_on"]) == [
            "Tulis tanggal sebagai hh-bb-tttt, misalnya 31-12-2025."
        ]
