from django.urls import path

from paritrana.intake.pages import pages
from paritrana.intake.registry import explains
from regions.denominators import views
from regions.denominators.intake import DenominatorIntake

explains("penyebut-dan-target", DenominatorIntake)

urlpatterns = [
    path("cakupan/penyebut/<str:code>/<int:year>/", views.denominators, name="denominators"),
    *pages("cakupan/penyebut/<str:code>/<int:year>/", "denominators", views.errand),
]
