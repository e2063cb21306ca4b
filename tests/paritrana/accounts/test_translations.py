"""Nothing the libraries say to people in Indonesian speaks of "Anda": the portal's own catalogue goes before theirs."""

import re
from pathlib import Path

import allauth
import django
import polib
import pytest
from django.utils import translation

FAMILIAR = re.compile(r"\b(anda|kamu)\b", re.IGNORECASE)
LIBRARIES = Path(allauth.__file__).parent, Path(django.__file__).parent / "contrib" / "auth"
SERVED = (
    *(
        "account/adapter.py",
        "account/forms.py",
        "mfa/adapter.py",
        "mfa/base",
        "mfa/totp",
        "mfa/webauthn",
        "mfa/recovery",
    ),
    *("templates/account/password", "templates/account/email/password_reset_key", "templates/account/email/base_"),
    *("templates/account/logout", "templates/account/messages/logged_out"),
    *("templates/account/reauthenticate", "templates/account/base_reauthenticate", "templates/mfa/authenticate"),
    *(
        "templates/mfa/index",
        "templates/mfa/totp",
        "templates/mfa/recovery_codes",
        "templates/mfa/webauthn/authenticator",
    ),
)
"""Where the portal meets them; nobody signs up, confirms an address or signs in by another site here."""


def spoken(library: Path):
    """Messages that speak so in the library's own Indonesian, where the portal may show them; auth names no places."""
    for entry in polib.pofile(str(library / "locale" / "id" / "LC_MESSAGES" / "django.po")):
        is_served = not entry.occurrences or any(place.startswith(SERVED) for place, _line in entry.occurrences)
        if (
            is_served
            and not entry.obsolete
            and FAMILIAR.search(" ".join([entry.msgstr, *entry.msgstr_plural.values()]))
        ):
            yield entry


@pytest.mark.parametrize("library", LIBRARIES, ids=lambda library: library.name)
def test_no_message_of_a_library_speaks_of_anda(library):
    entries = [each for each in spoken(library) if each.occurrences or library.name == "auth"]

    with translation.override("id"):
        said = [
            translation.ngettext(each.msgid, each.msgid_plural, 2)
            if each.msgid_plural
            else translation.gettext(each.msgid)
            for each in entries
        ]

    assert len(entries) > 4
    assert [each for each in said if FAMILIAR.search(each)] == []
