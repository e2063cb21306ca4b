"""Addresses of what proves a result. They stand before those of the rankings, whose titles take any path."""

from django.urls import path

from scoring.views import firmness, tracing, what_if

_TITLE = "seleksi/<slug:slug>/peringkat/<slug:category>/<slug:title>/"

urlpatterns = [
    path(f"{_TITLE}jejak/<int:pk>/", tracing.trace, name="trace"),
    path(f"{_TITLE}jejak/<int:pk>/salinan/", tracing.candidate_copy, name="candidate-copy"),
    path(f"{_TITLE}kekokohan/", firmness.firmness_page, name="firmness"),
    path("seleksi/<slug:slug>/pengandaian/", what_if.what_if_start, name="what-if-start"),
    path("seleksi/<slug:slug>/pengandaian/<slug:category>/<slug:title>/", what_if.what_if_page, name="what-if"),
    path("seleksi/<slug:slug>/jejak/<int:pk>/nilai/<int:seat>/", tracing.mark_history, name="mark-history"),
    path("nominasi/<int:pk>/jejak-nilai/", tracing.nomination_traces, name="nomination-traces"),
]
