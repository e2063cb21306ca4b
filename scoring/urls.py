"""Addresses of judging and of results."""

from scoring.urls_judging import urlpatterns as judging_urls

urlpatterns = [*judging_urls]
