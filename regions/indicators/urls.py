from django.urls import path

from regions.indicators import views

urlpatterns = [
    path("indikator/", views.indicators, name="indicators"),
    path("indikator/<str:code>/", views.indicator_province, name="indicator-province"),
    path("indikator/<str:code>/isi/", views.indicator_answer, name="indicator-answer"),
    path("indikator/<str:code>/verifikasi/", views.indicator_verify, name="indicator-verify"),
]
