"""Addresses of this app, room by room; the most requested first."""

from django.urls import include, path

from scoring.documents.urls import CHECKING
from scoring.public import views as public_views
from scoring.public.urls import PAGES

urlpatterns = [
    path("", include("scoring.panel.urls")),
    path("", include("scoring.sheets.urls")),
    path("", include("scoring.conflicts.urls")),
    path("", include("scoring.sheets.offline.urls")),
    path("", include("scoring.interviews.urls")),
    path("", include("scoring.exports.urls")),
    path("", include("scoring.plenary.urls")),
    path("", include("scoring.proof.urls")),
    path("", include("scoring.results.urls")),
    path("", include("scoring.documents.urls")),
    path("", include("scoring.sealing.urls")),
    path("", include("scoring.showcase.urls")),
    path("", include("scoring.standings.urls")),
    path("", include("scoring.national.urls")),
    path("", include("scoring.public.urls")),
    path("en/", include(([path("", public_views.front, name="home"), *PAGES, *CHECKING], "en"))),
]
