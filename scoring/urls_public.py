"""Addresses everybody may open, without an account. Each is there in Indonesian, and in English under ``/en/``."""

from django.urls import URLPattern, URLResolver, include, path

from scoring.views import checking, public, public_files

PAGES: list[URLPattern] = [
    path("hasil/", public.public_results, name="public-results"),
    path("hasil/pemenang.json", public_files.winners_json, name="winners-json"),
    path("hasil/pemenang.csv", public_files.winners_csv, name="winners-csv"),
    path("hasil/pemenang.atom", public_files.winners_atom, name="winners-atom"),
    path("hasil/<slug:slug>/", public.public_result, name="public-result"),
    path("hasil/<slug:slug>/gambar.png", public_files.public_result_picture, name="public-result-picture"),
    path("penerima/<str:code>/<slug:slug>/", public.public_recipient, name="public-recipient"),
    path(
        "penerima/<str:code>/<slug:slug>/gambar.png",
        public_files.public_recipient_picture,
        name="public-recipient-picture",
    ),
    path("pemenang/sejarah/", public.past_winners, name="past-winners"),
    path("jadwal/", public.public_calendar, name="public-calendar"),
    path("tentang/", public.public_about, name="public-about"),
    path("periksa/", checking.check, name="check"),
    path("periksa/<str:code>/", checking.check_code, name="check-code"),
    path("gambar.png", public_files.public_picture, name="public-picture"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    *PAGES,
    path("sitemap.xml", public_files.sitemap, name="sitemap"),
    path("robots.txt", public_files.robots, name="robots"),
    path("en/", include(([path("", public.front, name="home"), *PAGES], "en"))),
]
