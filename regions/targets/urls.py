from django.urls import path

from paritrana.intake.pages import pages
from paritrana.intake.registry import explains
from regions.targets import edit_views, views
from regions.targets.intake import TargetIntake

explains("penyebut-dan-target", TargetIntake)

urlpatterns = [
    path("target/", views.target_list, name="targets"),
    path("target/lembar/", edit_views.target_grid, name="target-grid"),
    path("target/nasional/<int:year>/", edit_views.nation_target_edit, name="nation-target-edit"),
    path("target/cabang/<int:pk>/<int:year>/", edit_views.branch_target_edit, name="branch-target-edit"),
    path("cabang/<int:pk>/", views.branch_detail, name="branch"),
    *pages("target/", "targets", views.errand),
    path("target/<str:code>/<int:year>/", edit_views.target_edit, name="target-edit"),
]
