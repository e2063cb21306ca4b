"""Entering many figures at once: the grid, and workbooks."""

from django.urls import path

from regions.views import grid, workbooks

urlpatterns = [
    path("cakupan/lembar/", grid.grid, name="coverage-grid"),
    path("cakupan/lembar/simpan-draf/", grid.keep, name="coverage-grid-keep"),
    path("cakupan/templat/", workbooks.template, name="coverage-template"),
    path("cakupan/formulir/", workbooks.paper, name="coverage-paper"),
    path("cakupan/unggah/", workbooks.upload, name="coverage-upload"),
    path("cakupan/unggah/<str:key>/", workbooks.upload_read, name="coverage-upload-read"),
]
