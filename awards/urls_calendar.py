from django.urls import URLPattern, path

from awards.views import calendar, letters, opening

urlpatterns: list[URLPattern] = [
    path("penyelenggaraan/<slug:slug>/seleksi/", opening.selections_open, name="selections-open"),
    path("seleksi/<slug:slug>/kalender/", calendar.calendar_page, name="calendar"),
    path("seleksi/<slug:slug>/kalender.ics", calendar.calendar_as_file, name="calendar-file"),
    path("seleksi/<slug:slug>/kategori/", opening.categories_page, name="selection-categories"),
    path("seleksi/<slug:slug>/kategori/baru/", opening.category_add, name="selection-category-add"),
    path("surat/", letters.outbox, name="letters"),
]
