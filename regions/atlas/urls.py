from django.urls import path

from regions.atlas import views

urlpatterns = [
    path("peta/", views.country, name="atlas"),
    path("peta/<str:code>/", views.province, name="atlas-province"),
]
