"""A letter in the hand of whoever sends it: its text to copy, and WhatsApp opened with it. The portal sends nothing."""

from dataclasses import dataclass
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NO_LETTER = _("You send this message yourself; no letter is written by the portal.")
FRESH_LINK = _(
    "A fresh link was mailed to %(email)s; the older one no longer works. You may also send the same message yourself:"
    " it is shown only now."
)


@dataclass(frozen=True)
class SharedMessage:
    addressee: str
    text: str

    @property
    def whatsapp(self) -> str:
        """Opens WhatsApp with the text filled in; the sender chooses the recipient there."""
        return f"https://wa.me/?text={quote(self.text, safe='')}"


def shared_message(
    request: HttpRequest,
    addressee: str,
    text: str,
    *,
    lead: str | Promise,
    back: tuple[str, str],
    selection: object = None,
) -> HttpResponse:
    """The answer alone shows the text: a link in it is stored nowhere in clear. ``back`` is an address and its name.

    ``selection`` is given where that page belongs to one.
    """
    context = {"message": SharedMessage(addressee, text.strip()), "lead": lead, "back": back}
    return render(request, "shared_message.html", context | {"selection": selection})
