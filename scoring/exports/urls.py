from django.urls import path, re_path

from scoring.exports import views

urlpatterns = [
    path("seleksi/<slug:slug>/wawancara/kalender.ics", views.named_file, name="interviews-file"),
    path("seleksi/<slug:slug>/wawancara/umum.ics", views.public_file, name="interviews-public-file"),
    path("seleksi/<slug:slug>/wawancara/cetak/", views.rundown_paper, name="interviews-paper"),
    path("seleksi/<slug:slug>/wawancara/daftar-hadir/", views.attendance_paper, name="attendance-paper"),
    re_path(
        r"^seleksi/(?P<slug>[-a-z0-9]+)/wawancara/(?P<paper>susunan-acara|daftar-hadir)\.(?P<form>xlsx|pdf)$",
        views.paper_file,
        name="interviews-paper-file",
    ),
    path("penyelenggaraan/<slug:slug>/hasil/ekspor/", views.export_nation, name="export-nation"),
    path("seleksi/<slug:slug>/rekap/", views.recap, name="recap"),
    path("seleksi/<slug:slug>/rekap/saya/", views.own_recap, name="recap-own"),
    path("seleksi/<slug:slug>/hasil/ekspor/", views.export_winners, name="export-winners"),
    path("seleksi/<slug:slug>/hasil/penetapan.json", views.seal_document, name="seal-document"),
    path("pemeriksa/verify_seal.py", views.verifier, name="verifier"),
]
