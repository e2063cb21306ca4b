from django.urls import path

from scoring.interviews import schedule_views, views

urlpatterns = [
    path("seleksi/<slug:slug>/wawancara/", views.interviews, name="interviews"),
    path("seleksi/<slug:slug>/wawancara/susun/", schedule_views.plan, name="interviews-plan"),
    path("seleksi/<slug:slug>/wawancara/urutkan/", schedule_views.reorder, name="interviews-reorder"),
    path("seleksi/<slug:slug>/wawancara/geser/", schedule_views.shift, name="interviews-shift"),
    path("seleksi/<slug:slug>/wawancara/umumkan/", schedule_views.publish, name="interviews-publish"),
    path("seleksi/<slug:slug>/wawancara/undian/", schedule_views.draws, name="interview-draws"),
    path("seleksi/<slug:slug>/wawancara/<int:pk>/jadwal/", views.schedule, name="interview-schedule"),
    path("seleksi/<slug:slug>/wawancara/<int:pk>/kehadiran/", views.attendance, name="interview-attendance"),
    path("seleksi/<slug:slug>/wawancara/<int:pk>/notulen/", views.interview_minutes, name="interview-minutes"),
]
