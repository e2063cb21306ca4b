from django.urls import URLPattern, path

from paritrana.accounts import agency_views, data_views, draft_views, factor_views, views

urlpatterns: list[URLPattern] = [
    path("draf/", draft_views.form_draft, name="form-draft"),
    path("bahasa/", views.choose_language, name="set_language"),
    path("pengguna/baru/", views.person_create, name="person-create"),
    path("pengguna/<int:pk>/ubah/", views.person_edit, name="person-edit"),
    path("pengguna/<int:pk>/nonaktifkan/", views.person_deactivate, name="person-deactivate"),
    path("pengguna/<int:pk>/aktifkan/", views.person_reactivate, name="person-reactivate"),
    path("pengguna/<int:pk>/kirim-tautan/", views.person_send_link, name="person-send-link"),
    path("pengguna/<int:pk>/bagikan-tautan/", views.person_share_link, name="person-share-link"),
    path("pengguna/<int:pk>/alamat-surel/", views.person_address, name="person-address"),
    path("pengguna/<int:pk>/alamat-surel/tarik/", views.person_address_withdraw, name="person-address-withdraw"),
    path("pengguna/<int:pk>/faktor-kedua/", factor_views.factor_reset, name="factor-reset"),
    path("pengguna/<int:pk>/faktor-kedua/sahkan/", factor_views.factor_reset_second, name="factor-reset-second"),
    path("pengguna/<int:pk>/faktor-kedua/tarik/", factor_views.factor_reset_withdraw, name="factor-reset-withdraw"),
    path("pengguna/<int:pk>/akun-instansi/", agency_views.person_agency, name="person-agency"),
    path("pengguna/<int:pk>/akun-instansi/lepas/", agency_views.person_agency_end, name="person-agency-end"),
    path("akun-instansi/<str:token>/", agency_views.agency_link, name="agency-link"),
    path("data-saya/", data_views.my_data, name="my-data"),
    path("data-saya/unduh/", data_views.my_data_file, name="my-data-file"),
    path("pengguna/<int:pk>/data/", data_views.person_data, name="person-data"),
    path("pengguna/<int:pk>/data/unduh/", data_views.person_data_file, name="person-data-file"),
    path("pengguna/<int:pk>/hapus-data/", data_views.erasure, name="erasure"),
    path("pengguna/<int:pk>/hapus-data/sahkan/", data_views.erasure_second, name="erasure-second"),
    path("pengguna/<int:pk>/hapus-data/tarik/", data_views.erasure_withdraw, name="erasure-withdraw"),
    path("alamat-surel/<str:token>/", views.address_confirm, name="address-confirm"),
]
