from django.urls import path

from regions.places import views

urlpatterns = [
    path("wilayah/", views.region_list, name="regions"),
    path("wilayah/<str:code>/", views.region_detail, name="region"),
]
