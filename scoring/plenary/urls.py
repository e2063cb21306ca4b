from django.urls import path

from scoring.plenary import dashboard_views, decision_views, report_views

urlpatterns = [
    path("seleksi/<slug:slug>/ruang-ketua/", dashboard_views.chair_room, name="chair-room"),
    path("seleksi/<slug:slug>/ruang-ketua/ingatkan/", dashboard_views.nudge, name="chair-nudge"),
    path(
        "seleksi/<slug:slug>/ruang-ketua/ingatkan/<int:pk>/bagikan/",
        dashboard_views.share_nudge,
        name="chair-nudge-share",
    ),
    path("seleksi/<slug:slug>/ruang-ketua/tutup/", dashboard_views.panel_close, name="panel-close"),
    path("seleksi/<slug:slug>/ruang-ketua/buka/", dashboard_views.panel_reopen, name="panel-reopen"),
    path("seleksi/<slug:slug>/ruang-ketua/<int:pk>/", dashboard_views.chair_candidate, name="chair-candidate"),
    path("seleksi/<slug:slug>/kalibrasi/", report_views.calibration, name="calibration"),
    path("seleksi/<slug:slug>/kalibrasi/<int:pk>/", report_views.practice, name="practice"),
    path("seleksi/<slug:slug>/musyawarah/", decision_views.deliberation, name="deliberation"),
    path("seleksi/<slug:slug>/musyawarah/<int:title>/<int:group>/", decision_views.agree, name="deliberation-agree"),
    path("seleksi/<slug:slug>/keseragaman/", report_views.report, name="uniformity"),
    path("seleksi/<slug:slug>/keseragaman/ekspor/", report_views.book, name="uniformity-book"),
    path("seleksi/<slug:slug>/seri/<int:group>/<int:place>/<path:title>/", decision_views.tie, name="tie"),
    path("seleksi/<slug:slug>/penghargaan-khusus/", decision_views.special_awards, name="special-awards"),
    path(
        "seleksi/<slug:slug>/penghargaan-khusus/<int:pk>/ambil-kembali/",
        decision_views.special_award_take_back,
        name="special-award-take-back",
    ),
]
