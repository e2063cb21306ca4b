from django.urls import path

from awards.selections import calendar_views, national_calendar_views, taking_back_views, views

urlpatterns = [
    path("penyelenggaraan/<slug:slug>/seleksi/", views.selections_open, name="selections-open"),
    path("penyelenggaraan/<slug:slug>/kalender/", national_calendar_views.edition_calendar, name="edition-calendar"),
    path("seleksi/<slug:slug>/kalender/", calendar_views.calendar_page, name="calendar"),
    path("seleksi/<slug:slug>/kalender.ics", calendar_views.calendar_as_file, name="calendar-file"),
    path("seleksi/<slug:slug>/kategori/", views.categories_page, name="selection-categories"),
    path("seleksi/<slug:slug>/kategori/baru/", views.category_add, name="selection-category-add"),
    path("seleksi/", views.selection_list, name="selections"),
    path("seleksi/<slug:slug>/", views.selection_overview, name="selection"),
    path("seleksi/<slug:slug>/tahap-berikutnya/", views.selection_open_next, name="selection-open-next"),
    path("seleksi/<slug:slug>/tahap-kembali/", taking_back_views.take_back, name="take-back-stage"),
    path(
        "seleksi/<slug:slug>/tahap-kembali/sahkan/",
        taking_back_views.second_taking_back,
        name="second-taking-back",
    ),
    path(
        "seleksi/<slug:slug>/tahap-kembali/tarik/",
        taking_back_views.withdraw_taking_back,
        name="withdraw-taking-back",
    ),
]
