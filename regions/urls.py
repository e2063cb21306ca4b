"""Addresses of this app, room by room; the most requested first."""

from django.urls import include, path

urlpatterns = [
    path("", include("regions.places.urls")),
    path("", include("regions.offices.urls")),
    path("", include("regions.atlas.urls")),
    path("", include("regions.targets.urls")),
    path("", include("regions.indicators.urls")),
    path("", include("regions.imports.urls")),
    path("", include("regions.verification.urls")),
    path("", include("regions.denominators.urls")),
    path("", include("regions.coverage.urls")),
]
