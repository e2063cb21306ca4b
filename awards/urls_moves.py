"""Addresses of leaving and coming back, of what does not apply, of the interview list, workbooks and proposals."""

from django.urls import URLPattern, path

from awards.views import bulk, choosing, exempting, moves

urlpatterns: list[URLPattern] = [
    path("nominasi/<int:pk>/mundur/", moves.nomination_move, {"verb": "withdraw"}, name="nomination-withdraw"),
    path("nominasi/<int:pk>/gugur/", moves.nomination_move, {"verb": "disqualify"}, name="nomination-disqualify"),
    path("nominasi/<int:pk>/pulihkan/", moves.nomination_move, {"verb": "reinstate"}, name="nomination-reinstate"),
    path("nominasi/<int:pk>/tidak-berlaku/", exempting.exemptions, name="exemptions"),
    path("nominasi/<int:pk>/tidak-berlaku/<int:exemption>/akhiri/", exempting.exemption_end, name="exemption-end"),
    path("seleksi/<slug:slug>/nominasi/pilih/", choosing.nominations_choose, name="nominations-choose"),
    path("seleksi/<slug:slug>/nominasi/buku/<slug:category>/", bulk.upload, name="nominations-upload"),
    path("seleksi/<slug:slug>/nominasi/buku/<slug:category>/templat/", bulk.template, name="nominations-template"),
    path("seleksi/<slug:slug>/nominasi/buku/<slug:category>/<str:key>/", bulk.read, name="nominations-upload-read"),
]
