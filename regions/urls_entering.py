"""Entering many figures at once: the grid, and workbooks."""

from django.urls import path

from regions.views import grid

urlpatterns = [
    path("cakupan/lembar/", grid.grid, name="coverage-grid"),
    path("cakupan/lembar/simpan-draf/", grid.keep, name="coverage-grid-keep"),
]
