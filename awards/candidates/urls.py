from django.urls import path

from awards.candidates import merge_views, views

urlpatterns = [
    path("kandidat/", views.candidate_list, name="candidates"),
    path("kandidat/ekspor/", views.candidates_export, name="candidates-export"),
    path("kandidat/nomor-ganda/", merge_views.candidate_numbers, name="candidate-numbers"),
    path("kandidat/baru/", views.candidate_new, name="candidate-new"),
    path("kandidat/baru/<slug:kind>/", views.candidate_create, name="candidate-create"),
    path("kandidat/periksa/<slug:kind>/", views.candidate_hints, name="candidate-hints"),
    path("kandidat/<int:pk>/", views.candidate_page, name="candidate"),
    path("kandidat/<int:pk>/ubah/", views.candidate_edit, name="candidate-edit"),
    path("kandidat/<int:pk>/kontak/", merge_views.candidate_contacts, name="candidate-contacts"),
    path("kandidat/<int:pk>/kontak/simpan/", merge_views.contacts_save, name="contacts-save"),
    path("kandidat/<int:pk>/gabung/", merge_views.candidate_merge, name="candidate-merge"),
    path("kandidat/<int:pk>/gabung/<int:into>/", merge_views.candidate_merge_into, name="candidate-merge-into"),
]
