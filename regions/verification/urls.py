from django.urls import path

from regions.verification import submission_views, views
from regions.verification.return_sharing import coverage_share_return

urlpatterns = [
    path("cakupan/antrean/", views.coverage_queue, name="coverage-queue"),
    path("cakupan/antrean/verifikasi/", views.coverage_queue_verify, name="coverage-queue-verify"),
    path("cakupan/kirim/", submission_views.coverage_send_area, name="coverage-send-area"),
    path("cakupan/koreksi/<int:pk>/", submission_views.correction_decide, name="correction"),
    path("cakupan/<str:code>/<int:year>/kirim/", submission_views.coverage_send, name="coverage-send"),
    path("cakupan/<str:code>/<int:year>/<str:segment>/kembalikan/", views.coverage_return, name="coverage-return"),
    path(
        "cakupan/<str:code>/<int:year>/<str:segment>/koreksi/",
        submission_views.correction_propose,
        name="correction-propose",
    ),
    path("cakupan/<str:code>/<int:year>/bagikan/", coverage_share_return, name="coverage-share-return"),
    path("cakupan/<str:code>/<int:year>/verifikasi/", views.coverage_verify, name="coverage-verify"),
]
