"""Addresses of judging and of results."""

from django.urls import path

from scoring.urls_judging import urlpatterns as judging_urls
from scoring.urls_results import urlpatterns as result_urls
from scoring.views import preview

urlpatterns = [
    *judging_urls,
    *result_urls,
    path(
        "penyelenggaraan/<slug:slug>/kategori/<slug:category>/pratinjau/",
        preview.rubric_preview,
        name="rubric-preview",
    ),
]
