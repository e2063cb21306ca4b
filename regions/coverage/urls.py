from django.urls import path

from regions.coverage import grid_views, views

urlpatterns = [
    path("cakupan/", views.coverage_list, name="coverage"),
    path("cakupan/lembar/", grid_views.grid, name="coverage-grid"),
    path("cakupan/lembar/simpan-draf/", grid_views.keep, name="coverage-grid-keep"),
    path("cakupan/<str:code>/<int:year>/riwayat/", views.coverage_history, name="coverage-history"),
    path("cakupan/<str:code>/<int:year>/", views.coverage_edit, name="coverage-edit"),
]
