"""Addresses of what surrounds a score sheet: working without a network, history, the rules, assistants, reopening."""

from django.urls import path

from scoring.views import offline, own_sheets, rules

urlpatterns = [
    path("seleksi/<slug:slug>/panel/aturan/", rules.panel_rules, name="panel-rules"),
    path("seleksi/<slug:slug>/panel/kursi/<int:pk>/asisten/", rules.seat_assistant, name="seat-assistant"),
    path("seleksi/<slug:slug>/kemajuan/<int:pk>/<int:nomination>/buka/", rules.sheet_reopen, name="sheet-reopen"),
    path("penilaian/luring/", offline.shell, name="sheets-offline"),
    path("penilaian/luring.js", offline.worker, name="sheets-worker"),
    path("penilaian/<slug:slug>/papan/", offline.board, name="sheets-board"),
    path("penilaian/<slug:slug>/terima/", offline.deliver, name="sheets-deliver"),
    path("penilaian/<slug:slug>/berkas/", offline.rescue, name="sheets-rescue"),
    path("penilaian/<slug:slug>/tanda-terima/", offline.receipt_list, name="sheets-receipts"),
    path("penilaian/<slug:slug>/<int:pk>/riwayat/", own_sheets.sheet_history, name="sheet-history"),
    path("penilaian/<slug:slug>/<int:pk>/rekan/", own_sheets.sheet_peers, name="sheet-peers"),
]
