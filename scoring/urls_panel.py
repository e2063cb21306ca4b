"""Addresses of a panel: its decree, seats, invitations and conflicts of interest."""

from django.urls import path

from scoring.views import conflicts, decrees, invitations, panels, seats

urlpatterns = [
    path("seleksi/<slug:slug>/panel/", panels.panel, name="panel"),
    path("seleksi/<slug:slug>/panel/sk/", panels.decree, name="panel-decree"),
    path("seleksi/<slug:slug>/panel/sk/dokumen/", decrees.decree_document, name="panel-decree-document"),
    path("seleksi/<slug:slug>/panel/sk/berkas/", decrees.decree_file, name="panel-decree-file"),
    path("seleksi/<slug:slug>/panel/kursi/", panels.seat_add, name="seat-add"),
    path("seleksi/<slug:slug>/panel/kursi/<int:pk>/akhiri/", seats.seat_end, name="seat-end"),
    path("seleksi/<slug:slug>/panel/kursi/<int:pk>/ganti/", seats.seat_substitute, name="seat-substitute"),
    path("seleksi/<slug:slug>/panel/kursi/<int:pk>/benturan/", seats.recuse, name="recuse"),
    path("seleksi/<slug:slug>/panel/undang/", invitations.invite, name="invite"),
    path(
        "seleksi/<slug:slug>/panel/undangan/<int:pk>/kirim-ulang/",
        invitations.invitation_resend,
        name="invitation-resend",
    ),
    path(
        "seleksi/<slug:slug>/panel/undangan/<int:pk>/batalkan/",
        invitations.invitation_withdraw,
        name="invitation-withdraw",
    ),
    path("undangan/<str:token>/", invitations.invitation, name="invitation"),
    path("seleksi/<slug:slug>/benturan/", conflicts.conflict_map, name="conflict-map"),
]
