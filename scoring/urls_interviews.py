"""Addresses of the interviews of a selection."""

from django.urls import path, re_path

from scoring.views import interviews, minutes, rundown_files, timetables

urlpatterns = [
    path("seleksi/<slug:slug>/wawancara/", interviews.interviews, name="interviews"),
    path("seleksi/<slug:slug>/wawancara/susun/", timetables.plan, name="interviews-plan"),
    path("seleksi/<slug:slug>/wawancara/urutkan/", timetables.reorder, name="interviews-reorder"),
    path("seleksi/<slug:slug>/wawancara/geser/", timetables.shift, name="interviews-shift"),
    path("seleksi/<slug:slug>/wawancara/umumkan/", timetables.publish, name="interviews-publish"),
    path("seleksi/<slug:slug>/wawancara/undian/", timetables.draws, name="interview-draws"),
    path("seleksi/<slug:slug>/wawancara/kalender.ics", rundown_files.named_file, name="interviews-file"),
    path("seleksi/<slug:slug>/wawancara/umum.ics", rundown_files.public_file, name="interviews-public-file"),
    path("seleksi/<slug:slug>/wawancara/cetak/", rundown_files.rundown_paper, name="interviews-paper"),
    path("seleksi/<slug:slug>/wawancara/daftar-hadir/", rundown_files.attendance_paper, name="attendance-paper"),
    re_path(
        r"^seleksi/(?P<slug>[-a-z0-9]+)/wawancara/(?P<paper>susunan-acara|daftar-hadir)\.(?P<form>xlsx|pdf)$",
        rundown_files.paper_file,
        name="interviews-paper-file",
    ),
    path("seleksi/<slug:slug>/wawancara/<int:pk>/jadwal/", interviews.schedule, name="interview-schedule"),
    path("seleksi/<slug:slug>/wawancara/<int:pk>/kehadiran/", interviews.attendance, name="interview-attendance"),
    path("seleksi/<slug:slug>/wawancara/<int:pk>/notulen/", minutes.interview_minutes, name="interview-minutes"),
]
