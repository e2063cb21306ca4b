from django.urls import path

from regions.views import corrections, denominators, history, queue, sending

urlpatterns = [
    path("cakupan/antrean/", queue.coverage_queue, name="coverage-queue"),
    path("cakupan/antrean/verifikasi/", queue.coverage_queue_verify, name="coverage-queue-verify"),
    path("cakupan/kirim/", sending.coverage_send_area, name="coverage-send-area"),
    path("cakupan/koreksi/<int:pk>/", corrections.correction_decide, name="correction"),
    path("cakupan/penyebut/<str:code>/<int:year>/", denominators.denominators, name="denominators"),
    path(
        "cakupan/penyebut/<str:code>/<int:year>/templat/",
        denominators.denominators_template,
        name="denominators-template",
    ),
    path(
        "cakupan/penyebut/<str:code>/<int:year>/unggah/", denominators.denominators_upload, name="denominators-upload"
    ),
    path(
        "cakupan/penyebut/<str:code>/<int:year>/unggah/<str:key>/",
        denominators.denominators_upload_read,
        name="denominators-upload-read",
    ),
    path("cakupan/<str:code>/<int:year>/kirim/", sending.coverage_send, name="coverage-send"),
    path("cakupan/<str:code>/<int:year>/riwayat/", history.coverage_history, name="coverage-history"),
    path("cakupan/<str:code>/<int:year>/<str:segment>/kembalikan/", queue.coverage_return, name="coverage-return"),
    path(
        "cakupan/<str:code>/<int:year>/<str:segment>/koreksi/",
        corrections.correction_propose,
        name="correction-propose",
    ),
]
