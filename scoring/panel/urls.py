from django.urls import path

from paritrana.intake.pages import pages
from paritrana.intake.registry import explains
from scoring.panel import change_views, paste_views, room_views, seat_views, views
from scoring.panel.intake import PanelIntake

explains("tim-penilai", PanelIntake)

urlpatterns = [
    path("seleksi/<slug:slug>/kemajuan/", views.progress, name="progress"),
    path("seleksi/<slug:slug>/panel/aturan/", seat_views.panel_rules, name="panel-rules"),
    path("seleksi/<slug:slug>/panel/kursi/<int:pk>/asisten/", seat_views.seat_assistant, name="seat-assistant"),
    path("seleksi/<slug:slug>/panel/", views.panel, name="panel"),
    path("seleksi/<slug:slug>/panel/perubahan/", change_views.seat_changes, name="seat-changes"),
    path(
        "seleksi/<slug:slug>/panel/perubahan/<int:pk>/batalkan/",
        change_views.seat_change_withdraw,
        name="seat-change-withdraw",
    ),
    path("seleksi/<slug:slug>/panel/ruang/", room_views.panel_rooms, name="panel-rooms"),
    path("seleksi/<slug:slug>/panel/ruang/<int:pk>/hapus/", room_views.panel_room_drop, name="panel-room-drop"),
    path("seleksi/<slug:slug>/panel/sk/", views.decree, name="panel-decree"),
    path("seleksi/<slug:slug>/panel/sk/dokumen/", views.decree_document, name="panel-decree-document"),
    path("seleksi/<slug:slug>/panel/sk/berkas/", views.decree_file, name="panel-decree-file"),
    path("seleksi/<slug:slug>/panel/kursi/<int:pk>/akhiri/", seat_views.seat_end, name="seat-end"),
    path("seleksi/<slug:slug>/panel/kursi/<int:pk>/ganti/", seat_views.seat_substitute, name="seat-substitute"),
    path("seleksi/<slug:slug>/panel/kursi/<int:pk>/benturan/", seat_views.recuse, name="recuse"),
    path("seleksi/<slug:slug>/panel/daftar/", paste_views.panel_paste, name="panel-paste"),
    *pages("seleksi/<slug:slug>/panel/berkas/", "panel", views.errand),
    path("seleksi/<slug:slug>/panel/undang/", views.invite, name="invite"),
    path(
        "seleksi/<slug:slug>/panel/undangan/<int:pk>/kirim-ulang/",
        views.invitation_resend,
        name="invitation-resend",
    ),
    path(
        "seleksi/<slug:slug>/panel/undangan/<int:pk>/bagikan/",
        views.invitation_share,
        name="invitation-share",
    ),
    path(
        "seleksi/<slug:slug>/panel/undangan/<int:pk>/batalkan/",
        views.invitation_withdraw,
        name="invitation-withdraw",
    ),
    path("undangan/<str:token>/", views.invitation, name="invitation"),
]
