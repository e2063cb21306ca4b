from django.urls import path

from regions.imports import views

urlpatterns = [
    path("cakupan/templat/", views.template, name="coverage-template"),
    path("cakupan/formulir/", views.paper, name="coverage-paper"),
    path("cakupan/unggah/", views.upload, name="coverage-upload"),
    path("cakupan/unggah/<str:key>/", views.upload_read, name="coverage-upload-read"),
]
