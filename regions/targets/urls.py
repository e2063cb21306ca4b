from django.urls import path

from paritrana.intake.pages import pages
from paritrana.intake.registry import explains
from regions.targets import views
from regions.targets.intake import TargetIntake

explains("penyebut-dan-target", TargetIntake)

urlpatterns = [
    path("target/", views.target_list, name="targets"),
    path("target/cabang/<int:pk>/<int:year>/", views.branch_target_edit, name="branch-target-edit"),
    path("cabang/<int:pk>/", views.branch_detail, name="branch"),
    *pages("target/", "targets", views.errand),
    path("target/<str:code>/<int:year>/", views.target_edit, name="target-edit"),
]
