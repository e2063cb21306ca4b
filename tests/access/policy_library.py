"""Who may open the addresses of the sign-in library. They concern only the person who asks, whatever the role.

What they answer depends on the second factor of that person, so the matrix has its own list. An address of the library
that is in neither list makes ``test_matrix`` fail: a newer version opens no page unnoticed.
"""

from typing import Any, NamedTuple


class Page(NamedTuple):
    is_for_everybody: bool
    arguments: dict[str, Any] = {}


_OPEN, _SIGNED_IN, _KEY = Page(True), Page(False), Page(False, {"pk": 999_999})

LIBRARY: dict[str, Page] = {
    "account_login": _OPEN,
    "account_logout": _SIGNED_IN,
    "account_inactive": _OPEN,
    "account_reauthenticate": _SIGNED_IN,
    "account_change_password": _SIGNED_IN,
    "account_reset_password": _OPEN,
    "account_reset_password_done": _OPEN,
    "account_reset_password_from_key": Page(True, {"uidb36": "1", "key": "tidak-ada"}),
    "account_reset_password_from_key_done": _OPEN,
    "mfa_login_webauthn": _SIGNED_IN,  # a passkey is asked for by the script of the sign-in page alone
    "mfa_index": _SIGNED_IN,
    "mfa_authenticate": _SIGNED_IN,
    "mfa_reauthenticate": _SIGNED_IN,
    "mfa_activate_totp": _SIGNED_IN,
    "mfa_deactivate_totp": _SIGNED_IN,
    "mfa_view_recovery_codes": _SIGNED_IN,
    "mfa_generate_recovery_codes": _SIGNED_IN,
    "mfa_download_recovery_codes": _SIGNED_IN,
    "mfa_list_webauthn": _SIGNED_IN,
    "mfa_add_webauthn": _SIGNED_IN,
    "mfa_reauthenticate_webauthn": _SIGNED_IN,
    "mfa_remove_webauthn": _KEY,
    "mfa_edit_webauthn": _KEY,
    "agency-confirm": _SIGNED_IN,
}

CLOSED: dict[str, dict[str, str]] = {
    "account_signup": {},
    "account_email": {},
    "account_email_verification_sent": {},
    "account_confirm_email": {"key": "tidak-ada"},
    "account_set_password": {},
    "account_confirm_login_code": {},
    "usersessions_list": {},
    "socialaccount_signup": {},
    "socialaccount_connections": {},
    "socialaccount_login_cancelled": {},
    "socialaccount_login_error": {},
    "openid_connect_login": {"provider_id": "lain"},  # that of the configured agency: accounts/test_agency.py
    "openid_connect_callback": {"provider_id": "lain"},
}
"""For everybody they answer like a page that does not exist; by name, with their arguments."""
