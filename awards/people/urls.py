from django.urls import path

from awards.people import views
from awards.people.intake import PeopleIntake
from paritrana.intake.pages import pages
from paritrana.intake.registry import explains

explains("pengguna", PeopleIntake)

urlpatterns = [
    path("pengguna/", views.people, name="people"),
    *pages("pengguna/berkas/", "people", views.errand),
    path("pengguna/<int:pk>/", views.person, name="person"),
    path("pengguna/<int:pk>/penempatan/", views.posting_create, name="posting-create"),
    path("pengguna/<int:pk>/penunjukan/", views.appointment_create, name="appointment-create"),
    path("penempatan/<int:pk>/akhiri/", views.posting_end, name="posting-end"),
    path("penunjukan/<int:pk>/akhiri/", views.appointment_end, name="appointment-end"),
    path("jejak/", views.trail_page, name="trail"),
    path("jejak/periksa/", views.trail_check, name="trail-check"),
]
