from django.urls import path

from regions.indicators import proof_views, views

urlpatterns = [
    path("indikator/", views.indicators, name="indicators"),
    path("indikator/berkas/<int:pk>/", proof_views.indicator_file, name="indicator-file"),
    path("indikator/berkas/<int:pk>/unduh/", proof_views.indicator_file_download, name="indicator-file-download"),
    path("indikator/berkas/<int:pk>/tarik/", proof_views.indicator_file_take_back, name="indicator-file-take-back"),
    path(
        "indikator/berkas/<int:pk>/halaman/<int:page>/",
        proof_views.indicator_file_picture,
        name="indicator-file-picture",
    ),
    path("indikator/wilayah/<str:code>/berkas/", proof_views.indicator_files, name="indicator-files"),
    path("indikator/<str:code>/", views.indicator_province, name="indicator-province"),
    path("indikator/<str:code>/isi/", views.indicator_answer, name="indicator-answer"),
    path("indikator/<str:code>/verifikasi/", views.indicator_verify, name="indicator-verify"),
]
