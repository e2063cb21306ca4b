from django.urls import path

from scoring.sheets.offline import views

urlpatterns = [
    path("penilaian/luring/", views.shell, name="sheets-offline"),
    path("penilaian/kunci/", views.device_keys, name="sheets-keys"),
    path("penilaian/luring.js", views.worker, name="sheets-worker"),
    path("penilaian/<slug:slug>/papan/", views.board, name="sheets-board"),
    path("penilaian/<slug:slug>/terima/", views.deliver, name="sheets-deliver"),
    path("penilaian/<slug:slug>/berkas/", views.rescue, name="sheets-rescue"),
    path("penilaian/<slug:slug>/tanda-terima/", views.receipt_list, name="sheets-receipts"),
]
