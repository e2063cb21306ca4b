from django.urls import path

from scoring.proof import firmness_views, views

_TITLE = "seleksi/<slug:slug>/peringkat/<slug:category>/<slug:title>/"

urlpatterns = [
    path(f"{_TITLE}jejak/<int:pk>/", views.trace, name="trace"),
    path(f"{_TITLE}jejak/<int:pk>/salinan/", views.candidate_copy, name="candidate-copy"),
    path(f"{_TITLE}kekokohan/", firmness_views.firmness_page, name="firmness"),
    path("seleksi/<slug:slug>/pengandaian/", firmness_views.what_if_start, name="what-if-start"),
    path("seleksi/<slug:slug>/pengandaian/<slug:category>/<slug:title>/", firmness_views.what_if_page, name="what-if"),
    path("seleksi/<slug:slug>/jejak/<int:pk>/nilai/<int:seat>/", views.mark_history, name="mark-history"),
    path("nominasi/<int:pk>/jejak-nilai/", views.nomination_traces, name="nomination-traces"),
]
