from django.urls import path

from scoring.results import views

urlpatterns = [
    path("seleksi/<slug:slug>/peringkat/", views.rankings, name="rankings"),
    path("seleksi/<slug:slug>/peringkat/<path:title>/", views.ranking, name="ranking"),
    path("seleksi/<slug:slug>/hasil/", views.result, name="result"),
]
