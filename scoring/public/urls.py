"""Addresses everybody may open, without an account."""

from django.urls import URLPattern, path

from scoring.public import ceremony_views, file_views, views

PAGES: list[URLPattern] = [
    path("hasil/", views.public_results, name="public-results"),
    path("hasil/pemenang.json", file_views.winners_json, name="winners-json"),
    path("hasil/pemenang.csv", file_views.winners_csv, name="winners-csv"),
    path("hasil/pemenang.atom", file_views.winners_atom, name="winners-atom"),
    path("hasil/skema.json", file_views.winners_schema, name="winners-schema"),
    path("hasil/peta/", views.public_map, name="public-map"),
    path("hasil/data/", views.public_data, name="public-data"),
    path("hasil/<slug:slug>/pers.zip", file_views.public_press_kit, name="press-kit"),
    path("hasil/<slug:slug>/", views.public_result, name="public-result"),
    path("hasil/<slug:slug>/gambar.png", file_views.public_result_picture, name="public-result-picture"),
    path("hasil/<slug:slug>/foto/<int:pk>.jpg", file_views.winner_photo, name="winner-photo"),
    path("penerima/<str:code>/<str:slug>/", views.public_recipient, name="public-recipient"),
    path(
        "penerima/<str:code>/<str:slug>/gambar.png",
        file_views.public_recipient_picture,
        name="public-recipient-picture",
    ),
    path("pemenang/sejarah/", views.past_winners, name="past-winners"),
    path("jadwal/", views.public_calendar, name="public-calendar"),
    path("tentang/", views.public_about, name="public-about"),
    path("gambar.png", file_views.public_picture, name="public-picture"),
]
"""Each is there in Indonesian, and in English under ``/en/``."""

urlpatterns = [
    *PAGES,
    path("sitemap.xml", file_views.sitemap, name="sitemap"),
    path("robots.txt", file_views.robots, name="robots"),
    path("seleksi/<slug:slug>/panggung/", ceremony_views.ceremony, name="ceremony"),
    path("seleksi/<slug:slug>/panggung/kendali/", ceremony_views.ceremony_remote, name="ceremony-remote"),
    path("seleksi/<slug:slug>/panggung/kedudukan/", ceremony_views.ceremony_position, name="ceremony-position"),
]
