"""The trail is written once and grows one event at a time; an account has one address. Whoever holds the database."""

from paritrana.guards import Guard

_EVENT, _HEAD = "accounts_auditevent", "accounts_trailhead"

GUARDS = [
    Guard("event_update", _EVENT, "UPDATE", "the trail is never changed"),
    Guard("event_delete", _EVENT, "DELETE", "the trail is never shortened"),
    Guard("head_update", _HEAD, "UPDATE", "the trail grows one event at a time", "NEW.sequence <> OLD.sequence + 1"),
    Guard("head_delete", _HEAD, "DELETE", "the trail keeps its end"),
    # The sign-in library looks into this table first: a row of it would let somebody sign in by another address.
    Guard("library_address", "account_emailaddress", "INSERT", "an account has one address, its own"),
]
