"""Addresses of candidates, of their contacts, and of what is open about the winners of past periods."""

from django.urls import path

from awards.views import candidates, contacts, history, merging

urlpatterns = [
    path("kandidat/", candidates.candidate_list, name="candidates"),
    path("kandidat/baru/", candidates.candidate_new, name="candidate-new"),
    path("kandidat/baru/<slug:kind>/", candidates.candidate_create, name="candidate-create"),
    path("kandidat/periksa/<slug:kind>/", candidates.candidate_hints, name="candidate-hints"),
    path("kandidat/<int:pk>/", candidates.candidate_page, name="candidate"),
    path("kandidat/<int:pk>/ubah/", candidates.candidate_edit, name="candidate-edit"),
    path("kandidat/<int:pk>/kontak/", contacts.candidate_contacts, name="candidate-contacts"),
    path("kandidat/<int:pk>/kontak/simpan/", contacts.contacts_save, name="contacts-save"),
    path("kandidat/<int:pk>/gabung/", merging.candidate_merge, name="candidate-merge"),
    path("kandidat/<int:pk>/gabung/<int:into>/", merging.candidate_merge_into, name="candidate-merge-into"),
    path("pemenang/pertanyaan/", history.questions, name="past-questions"),
    path("pemenang/pertanyaan/<int:pk>/", history.settle, name="past-settle"),
]
