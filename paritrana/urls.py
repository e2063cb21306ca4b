"""Every address of the portal, floor by floor."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from paritrana import appearance, home, style

urlpatterns = [
    path("", home.page, name="home"),
    path("bantuan/", home.help_page, name="help"),
    path("bantuan/<slug:topic>/", home.help_page, name="help-topic"),
    path("cari/", home.search, name="search"),
    path("gaya/", style.page, name="style"),
    path("gaya/<slug:part>/", style.page, name="style"),
    path("tampilan/", appearance.choose, name="theme"),
    path("bahasa/", login_not_required(require_POST(set_language)), name="set_language"),
    path("akun/", include("allauth.urls")),
    path("", include("paritrana.accounts.urls")),
    path("", include("regions.urls")),
    path("", include("awards.urls")),
    path("", include("scoring.urls")),
]
