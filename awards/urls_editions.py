"""Addresses of editions, their categories, rubrics and titles."""

from django.urls import path

from awards.views import categories, editions, rubrics

_CATEGORY = "penyelenggaraan/<slug:slug>/kategori/<slug:category>/"

urlpatterns = [
    path("penyelenggaraan/", editions.edition_list, name="editions"),
    path("penyelenggaraan/baru/", editions.edition_create, name="edition-create"),
    path("penyelenggaraan/impor/", editions.edition_import, name="edition-import"),
    path("penyelenggaraan/<slug:slug>/", editions.edition_page, name="edition"),
    path("penyelenggaraan/<slug:slug>/ubah/", editions.edition_edit, name="edition-edit"),
    path("penyelenggaraan/<slug:slug>/zona/", editions.edition_zones, name="edition-zones"),
    path("penyelenggaraan/<slug:slug>/ekspor/", editions.edition_export, name="edition-export"),
    path("penyelenggaraan/<slug:slug>/kategori-baru/", categories.category_create, name="category-create"),
    path(f"{_CATEGORY}ubah/", categories.category_edit, name="category-edit"),
    path(f"{_CATEGORY}hapus/", categories.category_remove, name="category-remove"),
    path(f"{_CATEGORY}rubrik/", rubrics.rubric_edit, name="rubric-edit"),
    path(f"{_CATEGORY}gelar/", rubrics.rubric_titles, name="rubric-titles"),
    path(f"{_CATEGORY}versi/", rubrics.rubric_versions, name="rubric-versions"),
    path(f"{_CATEGORY}versi/<int:version>/", rubrics.rubric_version, name="rubric-version"),
]
