from awards.nomination_import.intake import CandidateColumns
from awards.nomination_import.views import errand
from paritrana.intake.pages import pages
from paritrana.intake.registry import explains

explains("nominasi", CandidateColumns)

urlpatterns = pages("seleksi/<slug:slug>/nominasi/buku/<slug:category>/", "nominations", errand)
