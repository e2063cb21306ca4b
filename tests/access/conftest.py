"""Thousands of refusals are the point here: they need not be logged."""

import logging

import pytest


@pytest.fixture(autouse=True)
def quiet_refusals():
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    yield
    logging.getLogger("django.request").setLevel(logging.NOTSET)
