from django.urls import path

from scoring.showcase import views

urlpatterns = [
    path("seleksi/<slug:slug>/etalase/", views.showcase, name="showcase"),
    path("seleksi/<slug:slug>/etalase/<int:pk>/", views.story, name="showcase-story"),
    path("seleksi/<slug:slug>/etalase/<int:pk>/foto.jpg", views.story_photo, name="showcase-photo"),
    path("seleksi/<slug:slug>/etalase/hadiah/<slug:category>/<slug:title>/", views.rewards, name="showcase-rewards"),
]
