"""Addresses of the seal: what stands in its way, the two people, opening again, and its announcement."""

from django.urls import path

from scoring.views import announcing, differing, sealing

urlpatterns = [
    path("seleksi/<slug:slug>/pemeriksaan/", sealing.checks, name="checks"),
    path("seleksi/<slug:slug>/pemeriksaan/kunci-rubrik/", sealing.rubrics_lock, name="rubrics-lock"),
    path("seleksi/<slug:slug>/pemeriksaan/hitung-ulang/", differing.standings_recompute, name="standings-recompute"),
    path("seleksi/<slug:slug>/tetapkan/", sealing.seal, name="seal"),
    path("seleksi/<slug:slug>/tetapkan/tarik/", sealing.seal_withdraw, name="seal-withdraw"),
    path("seleksi/<slug:slug>/tetapkan/pengesahan/", sealing.seal_second, name="seal-second"),
    path("seleksi/<slug:slug>/hasil/buka-kembali/", sealing.reopen_result, name="reopen-result"),
    path("seleksi/<slug:slug>/penetapan/", sealing.seals, name="seals"),
    path("seleksi/<slug:slug>/penetapan/<int:number>.json", sealing.numbered_seal, name="numbered-seal"),
    path("seleksi/<slug:slug>/umumkan/", announcing.announce, name="announce"),
    path("seleksi/<slug:slug>/umumkan/tahan/", announcing.withhold, name="withhold"),
]
