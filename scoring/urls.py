"""Addresses of judging and of results."""

from scoring.urls_judging import urlpatterns as judging_urls
from scoring.urls_results import urlpatterns as result_urls

urlpatterns = [*judging_urls, *result_urls]
