from django.urls import path

from awards.nomination_import import views

urlpatterns = [
    path("seleksi/<slug:slug>/nominasi/buku/<slug:category>/", views.upload, name="nominations-upload"),
    path("seleksi/<slug:slug>/nominasi/buku/<slug:category>/templat/", views.template, name="nominations-template"),
    path("seleksi/<slug:slug>/nominasi/buku/<slug:category>/<str:key>/", views.read, name="nominations-upload-read"),
]
