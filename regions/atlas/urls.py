from django.urls import path

from regions.atlas import views

urlpatterns = [
    path("cakupan-semesta/", views.universal_coverage, name="universal-coverage"),
    path("peta/", views.country, name="atlas"),
    path("peta/<str:code>/", views.province, name="atlas-province"),
]
