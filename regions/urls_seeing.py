"""Maps and targets."""

from django.urls import path

from regions.views import atlas, targets

urlpatterns = [
    path("peta/", atlas.country, name="atlas"),
    path("peta/<str:code>/", atlas.province, name="atlas-province"),
    path("target/", targets.target_list, name="targets"),
    path("target/<str:code>/<int:year>/", targets.target_edit, name="target-edit"),
]
