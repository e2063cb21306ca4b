"""Addresses of papers: minutes, the annex of the decree, certificates, and the words they are made from."""

from django.urls import path

from scoring.views import document_texts, documents, past_certificates

urlpatterns = [
    path("seleksi/<slug:slug>/dokumen/", documents.documents, name="documents"),
    path("seleksi/<slug:slug>/dokumen/konsep/", documents.minutes_draft, name="minutes-draft"),
    path("seleksi/<slug:slug>/dokumen/berita-acara/", documents.minutes_make, name="minutes-make"),
    path("seleksi/<slug:slug>/dokumen/piagam/", documents.certificates_make, name="certificates-make"),
    path("seleksi/<slug:slug>/dokumen/piagam/kemajuan/", documents.certificates_progress, name="certificates-progress"),
    path("seleksi/<slug:slug>/dokumen/piagam/unduh/", documents.certificates_take, name="certificates-take"),
    path("seleksi/<slug:slug>/dokumen/<int:pk>/", documents.document_take, name="document-take"),
    path("penyelenggaraan/<slug:slug>/dokumen/", document_texts.document_texts, name="document-texts"),
    path("penyelenggaraan/<slug:slug>/dokumen/logo.png", document_texts.logo_picture, name="document-logo"),
    path("penyelenggaraan/<slug:slug>/dokumen/<slug:kind>/", document_texts.document_text, name="document-text"),
    path(
        "penyelenggaraan/<slug:slug>/dokumen/<slug:kind>/pratinjau/",
        document_texts.document_preview,
        name="document-preview",
    ),
    path("piagam/terbitan/", past_certificates.past_certificates, name="past-certificates"),
]
