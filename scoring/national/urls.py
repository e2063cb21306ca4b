from django.urls import path

from scoring.national import views

urlpatterns = [
    path("seleksi/<slug:slug>/usulan/", views.overview, name="proposals"),
    path("seleksi/<slug:slug>/usulan/ekspor/", views.book, name="proposals-book"),
    path("seleksi/<slug:slug>/usulan/ambil/", views.take_over, name="proposals-take-over"),
    path("seleksi/<slug:slug>/usulan/pengecualian/", views.exception, name="proposal-exception"),
]
