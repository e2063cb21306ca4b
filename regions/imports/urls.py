from django.urls import path

from paritrana.intake.pages import pages
from paritrana.intake.registry import explains
from regions.imports import views
from regions.imports.intake import CoverageIntake

explains("cakupan", CoverageIntake)

urlpatterns = [
    path("cakupan/formulir/", views.paper, name="coverage-paper"),
    *pages("cakupan/", "coverage", views.errand),
]
