from django.urls import path

from scoring.sealing import announcing_views, views

urlpatterns = [
    path("seleksi/<slug:slug>/umumkan/nilai/", announcing_views.publishing, name="publishing"),
    path("seleksi/<slug:slug>/pemeriksaan/", views.checks, name="checks"),
    path("seleksi/<slug:slug>/pemeriksaan/kunci-rubrik/", views.rubrics_lock, name="rubrics-lock"),
    path("seleksi/<slug:slug>/tetapkan/", views.seal, name="seal"),
    path("seleksi/<slug:slug>/tetapkan/tarik/", views.seal_withdraw, name="seal-withdraw"),
    path("seleksi/<slug:slug>/tetapkan/pengesahan/", views.seal_second, name="seal-second"),
    path("seleksi/<slug:slug>/hasil/buka-kembali/", views.reopen_result, name="reopen-result"),
    path("seleksi/<slug:slug>/penetapan/", views.seals, name="seals"),
    path("seleksi/<slug:slug>/penetapan/<int:number>.json", views.numbered_seal, name="numbered-seal"),
    path("seleksi/<slug:slug>/umumkan/", announcing_views.announce, name="announce"),
    path("seleksi/<slug:slug>/umumkan/pratinjau/", announcing_views.announce_preview, name="announce-preview"),
    path("seleksi/<slug:slug>/umumkan/tahan/", announcing_views.withhold, name="withhold"),
]
