from django.urls import path

from scoring.conflicts import views

urlpatterns = [
    path("penilaian/<slug:slug>/benturan/", views.declare, name="declare"),
    path("seleksi/<slug:slug>/benturan/", views.conflict_map, name="conflict-map"),
]
