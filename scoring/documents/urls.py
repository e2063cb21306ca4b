from django.urls import URLPattern, path

from scoring.documents import addendum_views, checking_views, letterhead_views, making_views, views, wording_views

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
    path("seleksi/<slug:slug>/dokumen/berita-acara/", making_views.minutes_make, name="minutes-make"),
    path("seleksi/<slug:slug>/dokumen/adendum/", addendum_views.addendum_ask, name="addendum-ask"),
    path("seleksi/<slug:slug>/dokumen/adendum/<int:pk>/", addendum_views.addendum_second, name="addendum-second"),
    path(
        "seleksi/<slug:slug>/dokumen/adendum/<int:pk>/tarik/",
        addendum_views.addendum_withdraw,
        name="addendum-withdraw",
    ),
    path("seleksi/<slug:slug>/dokumen/kop/", letterhead_views.letterhead_page, name="letterhead"),
    path("seleksi/<slug:slug>/dokumen/piagam/", making_views.certificates_make, name="certificates-make"),
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
