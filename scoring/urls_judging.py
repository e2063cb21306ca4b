"""Addresses of panels, interviews and score sheets."""

from django.urls import path

from scoring.views import evidence, interviews, panels, sheets

urlpatterns = [
    path("seleksi/<slug:slug>/panel/", panels.panel, name="panel"),
    path("seleksi/<slug:slug>/panel/sk/", panels.decree, name="panel-decree"),
    path("seleksi/<slug:slug>/panel/kursi/", panels.seat_add, name="seat-add"),
    path("seleksi/<slug:slug>/panel/kursi/<int:pk>/akhiri/", panels.seat_end, name="seat-end"),
    path("seleksi/<slug:slug>/panel/kursi/<int:pk>/benturan/", panels.recuse, name="recuse"),
    path("seleksi/<slug:slug>/kemajuan/", panels.progress, name="progress"),
    path("seleksi/<slug:slug>/wawancara/", interviews.interviews, name="interviews"),
    path("seleksi/<slug:slug>/wawancara/<int:pk>/jadwal/", interviews.schedule, name="interview-schedule"),
    path("seleksi/<slug:slug>/wawancara/<int:pk>/kehadiran/", interviews.attendance, name="interview-attendance"),
    path("penilaian/", sheets.sheets, name="sheets"),
    path("penilaian/<slug:slug>/benturan/", sheets.declare, name="declare"),
    path("penilaian/<slug:slug>/<int:pk>/", sheets.sheet, name="sheet"),
    path("penilaian/<slug:slug>/<int:pk>/bukti/<int:evidence>/", evidence.sheet_evidence, name="sheet-evidence"),
    path("penilaian/<slug:slug>/<int:pk>/kirim/", sheets.hand_in, name="sheet-hand-in"),
]
