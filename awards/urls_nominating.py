"""Addresses of answering, of evidence and of eligibility."""

from django.urls import URLPattern, path

from awards.views import answering, clearing, evidence

urlpatterns: list[URLPattern] = [
    path("nominasi/<int:pk>/jawaban/", answering.nomination_answers, name="nomination-answers"),
    path("nominasi/<int:pk>/jawaban/simpan/", answering.nomination_answers_keep, name="nomination-answers-keep"),
    path("nominasi/<int:pk>/kelayakan/", clearing.nomination_clear, name="nomination-clear"),
    path("nominasi/<int:pk>/kelayakan/cabut/", clearing.nomination_revoke_clearing, name="nomination-revoke-clearing"),
    path("bukti/<int:pk>/", evidence.evidence_page, name="evidence"),
    path("bukti/<int:pk>/gambar/<int:page>/", evidence.evidence_picture, name="evidence-picture"),
    path("bukti/<int:pk>/unduh/", evidence.evidence_download, name="evidence-download"),
]
