"""Addresses of this app, room by room; the most requested first."""

from django.urls import include, path

urlpatterns = [
    path("", include("awards.nominations.urls")),
    path("", include("awards.doors.urls")),
    path("", include("awards.editions.urls")),
    path("", include("awards.selections.urls")),
    path("", include("awards.letters.urls")),
    path("", include("awards.people.urls")),
    path("", include("awards.candidates.urls")),
    path("", include("awards.past_winners.urls")),
    path("", include("awards.nomination_import.urls")),
]
