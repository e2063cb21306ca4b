from django.urls import path

from awards.letters import views

urlpatterns = [
    path("surat/", views.outbox, name="letters"),
    path("surat/<int:pk>/bagikan/", views.letter_share, name="letter-share"),
    path("surat/<int:pk>/kirim-lagi/", views.letter_retry, name="letter-retry"),
]
