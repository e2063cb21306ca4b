from django.urls import path

from regions.targets import views

urlpatterns = [
    path("target/", views.target_list, name="targets"),
    path("target/cabang/<int:pk>/<int:year>/", views.branch_target_edit, name="branch-target-edit"),
    path("cabang/<int:pk>/", views.branch_detail, name="branch"),
    path("target/<str:code>/<int:year>/", views.target_edit, name="target-edit"),
]
