from django.urls import path

from awards.doors import views

urlpatterns = [
    path("nominasi/<int:pk>/akses/", views.door, name="door"),
    path("nominasi/<int:pk>/akses/bagikan/", views.door_share, name="door-share"),
    path("nominasi/<int:pk>/akses/ambil-alih/", views.door_take_over, name="door-take-over"),
    path("nominasi/<int:pk>/akses/kembalikan/", views.door_give_back, name="door-give-back"),
    path("nominasi/<int:pk>/akses/tutup/", views.door_close, name="door-close"),
    path("akses/<str:token>/", views.door_invitation, name="door-invitation"),
    path("nominasi-saya/", views.doors, name="doors"),
    path("nominasi-saya/<int:pk>/", views.my_nomination, name="my-nomination"),
    path("nominasi-saya/<int:pk>/serahkan/", views.door_hand_over, name="door-hand-over"),
]
