from django.urls import path

from regions.denominators import views

urlpatterns = [
    path("cakupan/penyebut/<str:code>/<int:year>/", views.denominators, name="denominators"),
    path(
        "cakupan/penyebut/<str:code>/<int:year>/templat/",
        views.denominators_template,
        name="denominators-template",
    ),
    path("cakupan/penyebut/<str:code>/<int:year>/unggah/", views.denominators_upload, name="denominators-upload"),
    path(
        "cakupan/penyebut/<str:code>/<int:year>/unggah/<str:key>/",
        views.denominators_upload_read,
        name="denominators-upload-read",
    ),
]
