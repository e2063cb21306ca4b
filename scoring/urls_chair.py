"""Addresses of the chair's room: the matrix, letters, notes, practice, the agreed order, how evenly jurors marked."""

from django.urls import path

from scoring.views import calibration, chair, closing, deliberation, uniformity

urlpatterns = [
    path("seleksi/<slug:slug>/ruang-ketua/", chair.chair_room, name="chair-room"),
    path("seleksi/<slug:slug>/ruang-ketua/ingatkan/", chair.nudge, name="chair-nudge"),
    path("seleksi/<slug:slug>/ruang-ketua/tutup/", closing.panel_close, name="panel-close"),
    path("seleksi/<slug:slug>/ruang-ketua/buka/", closing.panel_reopen, name="panel-reopen"),
    path("seleksi/<slug:slug>/ruang-ketua/<int:pk>/", chair.chair_candidate, name="chair-candidate"),
    path("seleksi/<slug:slug>/kalibrasi/", calibration.calibration, name="calibration"),
    path("seleksi/<slug:slug>/kalibrasi/<int:pk>/", calibration.practice, name="practice"),
    path("seleksi/<slug:slug>/musyawarah/", deliberation.deliberation, name="deliberation"),
    path("seleksi/<slug:slug>/musyawarah/<int:title>/<int:group>/", deliberation.agree, name="deliberation-agree"),
    path("seleksi/<slug:slug>/keseragaman/", uniformity.report, name="uniformity"),
    path("seleksi/<slug:slug>/keseragaman/ekspor/", uniformity.book, name="uniformity-book"),
]
