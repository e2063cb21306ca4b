"""Addresses of rankings, results, seals and their announcement."""

from django.urls import path

from scoring.views import ceremony, downloads, notices, publishing, results, settling, special

urlpatterns = [
    path("seleksi/<slug:slug>/peringkat/", results.rankings, name="rankings"),
    path("seleksi/<slug:slug>/seri/<int:group>/<int:place>/<path:title>/", settling.tie, name="tie"),
    path("seleksi/<slug:slug>/peringkat/<path:title>/", results.ranking, name="ranking"),
    path("seleksi/<slug:slug>/hasil/", results.result, name="result"),
    path("seleksi/<slug:slug>/pemberitahuan/", notices.notices, name="notices"),
    path("penyelenggaraan/<slug:slug>/hasil/ekspor/", downloads.export_nation, name="export-nation"),
    path("seleksi/<slug:slug>/rekap/", downloads.recap, name="recap"),
    path("seleksi/<slug:slug>/rekap/saya/", downloads.own_recap, name="recap-own"),
    path("seleksi/<slug:slug>/hasil/ekspor/", downloads.export_winners, name="export-winners"),
    path("seleksi/<slug:slug>/hasil/penetapan.json", downloads.seal_document, name="seal-document"),
    path("pemeriksa/verify_seal.py", downloads.verifier, name="verifier"),
    path("seleksi/<slug:slug>/penghargaan-khusus/", special.special_awards, name="special-awards"),
    path(
        "seleksi/<slug:slug>/penghargaan-khusus/<int:pk>/ambil-kembali/",
        special.special_award_take_back,
        name="special-award-take-back",
    ),
    path("seleksi/<slug:slug>/panggung/", ceremony.ceremony, name="ceremony"),
    path("seleksi/<slug:slug>/umumkan/nilai/", publishing.publishing, name="publishing"),
]
