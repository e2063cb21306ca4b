from django.urls import path

from scoring.standings import views

urlpatterns = [
    path("seleksi/<slug:slug>/pemeriksaan/hitung-ulang/", views.standings_recompute, name="standings-recompute"),
]
