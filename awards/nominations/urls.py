from django.urls import path

from awards.nominations import (
    answer_views,
    bulk_verify_views,
    comment_views,
    desk_views,
    shortlist_views,
    transition_views,
    views,
)

urlpatterns = [
    path("nominasi/<int:pk>/jawaban/", answer_views.nomination_answers, name="nomination-answers"),
    path("nominasi/<int:pk>/jawaban/simpan/", answer_views.nomination_answers_keep, name="nomination-answers-keep"),
    path("nominasi/<int:pk>/kelayakan/", transition_views.nomination_clear, name="nomination-clear"),
    path(
        "nominasi/<int:pk>/kelayakan/cabut/",
        transition_views.nomination_revoke_clearing,
        name="nomination-revoke-clearing",
    ),
    path("bukti/<int:pk>/", answer_views.evidence_page, name="evidence"),
    path("bukti/<int:pk>/gambar/<int:page>/", answer_views.evidence_picture, name="evidence-picture"),
    path("bukti/<int:pk>/unduh/", answer_views.evidence_download, name="evidence-download"),
    path("nominasi/<int:pk>/komentar/", comment_views.nomination_comments, name="nomination-comments"),
    path("komentar/<int:pk>/berkas/", comment_views.comment_file, name="comment-file"),
    path("seleksi/<slug:slug>/nominasi/", views.nomination_list, name="nominations"),
    path("seleksi/<slug:slug>/nominasi/baru/<slug:category>/", views.nominate, name="nominate"),
    path("nominasi/<int:pk>/", views.nomination_page, name="nomination"),
    path("nominasi/<int:pk>/bagikan/", transition_views.nomination_share_return, name="nomination-share-return"),
    path("nominasi/<int:pk>/kirim/", transition_views.nomination_move, {"verb": "submit"}, name="nomination-submit"),
    path(
        "nominasi/<int:pk>/kembalikan/", transition_views.nomination_move, {"verb": "return"}, name="nomination-return"
    ),
    path(
        "nominasi/<int:pk>/verifikasi/", transition_views.nomination_move, {"verb": "verify"}, name="nomination-verify"
    ),
    path(
        "nominasi/<int:pk>/masuk-wawancara/",
        transition_views.nomination_move,
        {"verb": "shortlist"},
        name="nomination-shortlist",
    ),
    path(
        "nominasi/<int:pk>/tidak-lolos/",
        transition_views.nomination_move,
        {"verb": "pass-over"},
        name="nomination-pass-over",
    ),
    path(
        "nominasi/<int:pk>/mundur/", transition_views.nomination_move, {"verb": "withdraw"}, name="nomination-withdraw"
    ),
    path(
        "nominasi/<int:pk>/gugur/",
        transition_views.nomination_move,
        {"verb": "disqualify"},
        name="nomination-disqualify",
    ),
    path(
        "nominasi/<int:pk>/pulihkan/",
        transition_views.nomination_move,
        {"verb": "reinstate"},
        name="nomination-reinstate",
    ),
    path("nominasi/<int:pk>/tidak-berlaku/", transition_views.exemptions, name="exemptions"),
    path(
        "nominasi/<int:pk>/tidak-berlaku/<int:exemption>/akhiri/", transition_views.exemption_end, name="exemption-end"
    ),
    path("seleksi/<slug:slug>/nominasi/pilih/", shortlist_views.nominations_choose, name="nominations-choose"),
    path("seleksi/<slug:slug>/nominasi/meja/", desk_views.nominations_desk, name="nominations-desk"),
    path("seleksi/<slug:slug>/nominasi/verifikasi/", bulk_verify_views.nominations_verify, name="nominations-verify"),
]
