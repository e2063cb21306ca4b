from django.urls import path

from awards.editions import english_views, rubric_views, views

_CATEGORY = "penyelenggaraan/<slug:slug>/kategori/<slug:category>/"

urlpatterns = [
    path("penyelenggaraan/", views.edition_list, name="editions"),
    path("penyelenggaraan/baru/", views.edition_create, name="edition-create"),
    path("penyelenggaraan/impor/", views.edition_import, name="edition-import"),
    path("penyelenggaraan/<slug:slug>/", views.edition_page, name="edition"),
    path("penyelenggaraan/<slug:slug>/ubah/", views.edition_edit, name="edition-edit"),
    path("penyelenggaraan/<slug:slug>/zona/", views.edition_zones, name="edition-zones"),
    path("penyelenggaraan/<slug:slug>/inggris/", english_views.edition_english, name="edition-english"),
    path("penyelenggaraan/<slug:slug>/ekspor/", views.edition_export, name="edition-export"),
    path("penyelenggaraan/<slug:slug>/kategori-baru/", views.category_create, name="category-create"),
    path(f"{_CATEGORY}ubah/", views.category_edit, name="category-edit"),
    path(f"{_CATEGORY}hapus/", views.category_remove, name="category-remove"),
    path(f"{_CATEGORY}rubrik/", rubric_views.rubric_edit, name="rubric-edit"),
    path(f"{_CATEGORY}gelar/", rubric_views.rubric_titles, name="rubric-titles"),
    path(f"{_CATEGORY}versi/", rubric_views.rubric_versions, name="rubric-versions"),
    path(f"{_CATEGORY}versi/<int:version>/", rubric_views.rubric_version, name="rubric-version"),
]
