"""Maps and targets."""

from django.urls import path

from regions.views import atlas, branches, targets

urlpatterns = [
    path("peta/", atlas.country, name="atlas"),
    path("peta/<str:code>/", atlas.province, name="atlas-province"),
    path("target/", targets.target_list, name="targets"),
    path("target/cabang/<int:pk>/<int:year>/", targets.branch_target_edit, name="branch-target-edit"),
    path("cabang/<int:pk>/", branches.branch_detail, name="branch"),
    path("target/<str:code>/<int:year>/", targets.target_edit, name="target-edit"),
]
