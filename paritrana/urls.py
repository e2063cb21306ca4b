"""Every address of the portal, app by app."""

from django.urls import include, path

from paritrana.display import theme
from paritrana.pages import home, style_guide

urlpatterns = [
    path("", home.page, name="home"),
    path("langkah-pertama/", home.take_first_steps, name="first-steps-taken"),
    path("bantuan/", home.help_page, name="help"),
    path("bantuan/<slug:topic>/", home.help_page, name="help-topic"),
    path("cari/", home.search, name="search"),
    path("gaya/", style_guide.page, name="style"),
    path("gaya/<slug:part>/", style_guide.page, name="style"),
    path("tampilan/", theme.choose, name="theme"),
    path("", include("paritrana.operations.urls")),
    path("akun/", include("paritrana.accounts.sign_in_urls")),
    path("", include("scoring.urls")),  # the most requested first: addresses are tried in order
    path("", include("paritrana.accounts.urls")),
    path("", include("regions.urls")),
    path("", include("awards.urls")),
]

handler500 = "paritrana.operations.unavailable.server_error"
handler403 = "paritrana.pages.refusals.page"
handler429 = "paritrana.accounts.limits.refuse"
