"""Addresses of what the provinces propose to the national selection."""

from django.urls import path

from scoring.views import proposals

urlpatterns = [
    path("seleksi/<slug:slug>/usulan/", proposals.overview, name="proposals"),
    path("seleksi/<slug:slug>/usulan/ekspor/", proposals.book, name="proposals-book"),
    path("seleksi/<slug:slug>/usulan/ambil/", proposals.take_over, name="proposals-take-over"),
    path("seleksi/<slug:slug>/usulan/pengecualian/", proposals.exception, name="proposal-exception"),
]
