from django.urls import path

from awards.past_winners import views
from awards.past_winners.intake import WinnersIntake
from paritrana.intake.pages import pages
from paritrana.intake.registry import explains

explains("kandidat", WinnersIntake)

urlpatterns = [
    path("pemenang/pertanyaan/", views.questions, name="past-questions"),
    path("pemenang/pertanyaan/<int:pk>/", views.settle, name="past-settle"),
    *pages("pemenang/daftar/", "past-list", views.errand),
]
