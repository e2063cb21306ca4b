from django.urls import path

from paritrana.intake.pages import pages
from paritrana.intake.registry import explains
from regions.offices import views
from regions.offices.intake import OfficeIntake

explains("wilayah", OfficeIntake)

_ONE = "kantor/<str:kind>/<int:pk>/"

urlpatterns = [
    path("kantor/", views.office_list, name="offices"),
    *pages("kantor/berkas/", "offices", views.errand),
    path("kantor/<str:kind>/baru/", views.office_create, name="office-create"),
    path(_ONE, views.office, name="office"),
    path(f"{_ONE}ubah/", views.office_edit, name="office-edit"),
    path(f"{_ONE}wilayah/", views.office_area, name="office-area"),
    path(f"{_ONE}pecah/", views.office_split, name="office-split"),
    path(f"{_ONE}tutup/", views.office_close, name="office-close"),
    path(f"{_ONE}buka/", views.office_reopen, name="office-reopen"),
]
