"""Addresses of score sheets and of their progress."""

from django.urls import path

from scoring.views import conflicts, evidence, panels, sheets

urlpatterns = [
    path("seleksi/<slug:slug>/kemajuan/", panels.progress, name="progress"),
    path("penilaian/", sheets.sheets, name="sheets"),
    path("penilaian/<slug:slug>/benturan/", conflicts.declare, name="declare"),
    path("penilaian/<slug:slug>/<int:pk>/", sheets.sheet, name="sheet"),
    path("penilaian/<slug:slug>/<int:pk>/berikut/", sheets.sheet_next, name="sheet-next"),
    path("penilaian/<slug:slug>/<int:pk>/bukti/<int:evidence>/", evidence.sheet_evidence, name="sheet-evidence"),
    path("penilaian/<slug:slug>/<int:pk>/kirim/", sheets.hand_in, name="sheet-hand-in"),
]
