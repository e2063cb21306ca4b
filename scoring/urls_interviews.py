"""Addresses of the interviews of a selection."""

from django.urls import path

from scoring.views import interviews

urlpatterns = [
    path("seleksi/<slug:slug>/wawancara/", interviews.interviews, name="interviews"),
    path("seleksi/<slug:slug>/wawancara/<int:pk>/jadwal/", interviews.schedule, name="interview-schedule"),
    path("seleksi/<slug:slug>/wawancara/<int:pk>/kehadiran/", interviews.attendance, name="interview-attendance"),
]
