from django.urls import include, path

from regions.views import figures, places

urlpatterns = [
    path("wilayah/", places.region_list, name="regions"),
    path("wilayah/<str:code>/", places.region_detail, name="region"),
    path("", include("regions.urls_seeing")),
    path("cakupan/", figures.coverage_list, name="coverage"),
    path("", include("regions.urls_entering")),
    path("", include("regions.urls_verifying")),
    path("cakupan/<str:code>/<int:year>/", figures.coverage_edit, name="coverage-edit"),
    path("cakupan/<str:code>/<int:year>/verifikasi/", figures.coverage_verify, name="coverage-verify"),
]
