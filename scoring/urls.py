"""Addresses of judging and of results."""

from django.urls import path

from scoring.urls_chair import urlpatterns as chair_urls
from scoring.urls_documents import urlpatterns as document_urls
from scoring.urls_interviews import urlpatterns as interview_urls
from scoring.urls_judging import urlpatterns as judging_urls
from scoring.urls_panel import urlpatterns as panel_urls
from scoring.urls_proof import urlpatterns as proof_urls
from scoring.urls_proposals import urlpatterns as proposal_urls
from scoring.urls_public import urlpatterns as public_urls
from scoring.urls_results import urlpatterns as result_urls
from scoring.urls_sealing import urlpatterns as sealing_urls
from scoring.urls_sheets import urlpatterns as sheet_urls
from scoring.views import preview

urlpatterns = [
    *judging_urls,
    *sheet_urls,
    *panel_urls,
    *interview_urls,
    *chair_urls,
    *proof_urls,
    *result_urls,
    *sealing_urls,
    *document_urls,
    *proposal_urls,
    *public_urls,
    path(
        "penyelenggaraan/<slug:slug>/kategori/<slug:category>/pratinjau/",
        preview.rubric_preview,
        name="rubric-preview",
    ),
]
