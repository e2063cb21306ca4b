from django.urls import path

from awards.past_winners import views

urlpatterns = [
    path("pemenang/pertanyaan/", views.questions, name="past-questions"),
    path("pemenang/pertanyaan/<int:pk>/", views.settle, name="past-settle"),
]
