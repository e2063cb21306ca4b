from django.urls import path

from scoring.sheets import batch_views, problem_views, side_views, views

urlpatterns = [
    path("penilaian/", views.sheets, name="sheets"),
    path("penilaian/<slug:slug>/serahkan/", batch_views.hand_in_all, name="sheets-hand-in"),
    path("penilaian/<slug:slug>/perbandingan/", batch_views.compare, name="sheets-compare"),
    path("penilaian/<slug:slug>/<int:pk>/", views.sheet, name="sheet"),
    path("penilaian/<slug:slug>/<int:pk>/berikut/", views.sheet_next, name="sheet-next"),
    path("penilaian/<slug:slug>/<int:pk>/bukti/<int:evidence>/", side_views.sheet_evidence, name="sheet-evidence"),
    path("penilaian/<slug:slug>/<int:pk>/kirim/", views.hand_in, name="sheet-hand-in"),
    path("seleksi/<slug:slug>/kemajuan/<int:pk>/<int:nomination>/buka/", side_views.sheet_reopen, name="sheet-reopen"),
    path("penilaian/<slug:slug>/<int:pk>/masalah/", problem_views.report, name="sheet-problem"),
    path("seleksi/<slug:slug>/masalah/", problem_views.listed, name="sheet-problems"),
    path("seleksi/<slug:slug>/masalah/<int:pk>/", problem_views.answer, name="sheet-problem-answer"),
    path("penilaian/<slug:slug>/<int:pk>/riwayat/", side_views.sheet_history, name="sheet-history"),
    path("penilaian/<slug:slug>/<int:pk>/rekan/", side_views.sheet_peers, name="sheet-peers"),
    path(
        "penyelenggaraan/<slug:slug>/kategori/<slug:category>/pratinjau/",
        side_views.rubric_preview,
        name="rubric-preview",
    ),
]
