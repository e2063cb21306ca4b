from django.urls import URLPattern, path

from scoring.documents import checking_views, views, wording_views

CHECKING: list[URLPattern] = [
    path("periksa/", checking_views.check, name="check"),
    path("periksa/<str:code>/", checking_views.check_code, name="check-code"),
]
"""Anybody checks a document, in both languages."""

urlpatterns = [
    *CHECKING,
    path("seleksi/<slug:slug>/pemberitahuan/", views.notices, name="notices"),
    path("seleksi/<slug:slug>/dokumen/", views.documents, name="documents"),
    path("seleksi/<slug:slug>/dokumen/konsep/", views.minutes_draft, name="minutes-draft"),
    path("seleksi/<slug:slug>/dokumen/berita-acara/", views.minutes_make, name="minutes-make"),
    path("seleksi/<slug:slug>/dokumen/piagam/", views.certificates_make, name="certificates-make"),
    path("seleksi/<slug:slug>/dokumen/piagam/kemajuan/", views.certificates_progress, name="certificates-progress"),
    path("seleksi/<slug:slug>/dokumen/piagam/unduh/", views.certificates_take, name="certificates-take"),
    path("seleksi/<slug:slug>/dokumen/<int:pk>/", views.document_take, name="document-take"),
    path("penyelenggaraan/<slug:slug>/dokumen/", wording_views.document_texts, name="document-texts"),
    path("penyelenggaraan/<slug:slug>/dokumen/logo.png", wording_views.logo_picture, name="document-logo"),
    path("penyelenggaraan/<slug:slug>/dokumen/<slug:kind>/", wording_views.document_text, name="document-text"),
    path(
        "penyelenggaraan/<slug:slug>/dokumen/<slug:kind>/pratinjau/",
        wording_views.document_preview,
        name="document-preview",
    ),
    path("piagam/terbitan/", views.past_certificates, name="past-certificates"),
]
