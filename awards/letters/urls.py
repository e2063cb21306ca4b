from django.urls import path

from awards.letters import views

urlpatterns = [
    path("surat/", views.outbox, name="letters"),
]
