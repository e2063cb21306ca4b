"""The events about accounts in the trail."""

from django.utils.translation import gettext_lazy as _

from paritrana.accounts.event_registry import Event, register

register(
    Event("account.add-factor", _("Second factor added")),
    Event("account.ask-factor-reset", _("Removal of lost second factors asked for")),
    Event("account.reset-factors", _("Lost second factors removed")),
    Event("account.withdraw-factor-reset", _("Removal of second factors withdrawn")),
    Event("account.ask-link", _("Linking with an agency account asked for")),
    Event("account.link", _("Linked with an agency account")),
    Event("account.unlink", _("Link with an agency account taken away")),
    Event("account.ask-erasure", _("Erasure of personal data asked for")),
    Event("account.erase", _("Personal data erased")),
    Event("account.export-data", _("Personal data taken out")),
    Event("account.withdraw-erasure", _("Erasure of personal data withdrawn")),
    Event("account.ask-address", _("New address entered, not confirmed yet")),
    Event("account.change", _("Account changed")),
    Event("account.change-password", _("Password changed")),
    Event("account.confirm-address", _("New address confirmed")),
    Event("account.deactivate", _("Account deactivated")),
    Event("account.open", _("Account opened")),
    Event("account.reactivate", _("Account reactivated")),
    Event("account.end-sessions", _("Sessions ended")),
    Event("account.remove-factor", _("Second factor removed")),
    Event("account.renew-codes", _("Recovery codes made anew")),
    Event("account.reset-password", _("Password set by a link")),
    Event("account.send-link", _("Password link sent")),
    Event("account.share-link", _("Password link shown to be shared")),
    Event("account.sign-in", _("Signed in")),
    Event("account.sign-in-refused", _("Sign-in refused")),
    Event("account.sign-out", _("Signed out")),
    Event("backup.make", _("Backup made")),
    Event("backup.restore", _("Backup restored: the trail goes on from there")),
    Event("backup.verify", _("Backup verified")),
    Event("trail.accept", _("Trail accepted as it is, in spite of a fault")),
    Event("account.withdraw-address", _("New address withdrawn")),
)
