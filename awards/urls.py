from django.urls import URLPattern, URLResolver, include, path

from awards.views import moves, nominating, nominations, people, selections, trail

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("awards.urls_nominating")),
    path("", include("awards.urls_editions")),
    path("", include("awards.urls_calendar")),
    path("seleksi/", selections.selection_list, name="selections"),
    path("seleksi/<slug:slug>/", selections.selection_overview, name="selection"),
    path("seleksi/<slug:slug>/tahap-berikutnya/", selections.selection_open_next, name="selection-open-next"),
    path("seleksi/<slug:slug>/nominasi/", nominations.nomination_list, name="nominations"),
    path("seleksi/<slug:slug>/nominasi/baru/<slug:category>/", nominating.nominate, name="nominate"),
    path("nominasi/<int:pk>/", nominations.nomination_page, name="nomination"),
    path("nominasi/<int:pk>/kirim/", moves.nomination_move, {"verb": "submit"}, name="nomination-submit"),
    path("nominasi/<int:pk>/kembalikan/", moves.nomination_move, {"verb": "return"}, name="nomination-return"),
    path("nominasi/<int:pk>/verifikasi/", moves.nomination_move, {"verb": "verify"}, name="nomination-verify"),
    path(
        "nominasi/<int:pk>/masuk-wawancara/", moves.nomination_move, {"verb": "shortlist"}, name="nomination-shortlist"
    ),
    path("nominasi/<int:pk>/tidak-lolos/", moves.nomination_move, {"verb": "pass-over"}, name="nomination-pass-over"),
    path("pengguna/", people.people, name="people"),
    path("pengguna/<int:pk>/", people.person, name="person"),
    path("pengguna/<int:pk>/penempatan/", people.posting_create, name="posting-create"),
    path("pengguna/<int:pk>/penunjukan/", people.appointment_create, name="appointment-create"),
    path("penempatan/<int:pk>/akhiri/", people.posting_end, name="posting-end"),
    path("penunjukan/<int:pk>/akhiri/", people.appointment_end, name="appointment-end"),
    path("jejak/", trail.trail_page, name="trail"),
    path("", include("awards.urls_candidates")),
    path("", include("awards.urls_moves")),
]
