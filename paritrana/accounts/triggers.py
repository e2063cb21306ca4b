"""Database triggers: the trail only grows, its events never change, an account has one address and one bringer."""

from paritrana.triggers import Guard

_EVENT, _HEAD, _LIBRARY = "accounts_auditevent", "accounts_trailhead", "account_emailaddress"
_ANOTHER = (
    "NOT EXISTS (SELECT 1 FROM accounts_user own WHERE own.id = NEW.user_id AND lower(own.email) = lower(NEW.email))"
)

_CONTENT = ("id", "at", "actor_id", "verb", "object_type", "object_id", "object_label", "detail")
_WRITTEN = (*_CONTENT, "lane", "turn", "signature")
_MORE_THAN_CHAINED = "OLD.sequence IS NOT NULL OR NEW.sequence IS NULL OR " + " OR ".join(
    f"NEW.{column} {{differs}} OLD.{column}" for column in _WRITTEN
)
_OF_NO_EVENT = (
    "NEW.sequence <= OLD.sequence OR NOT EXISTS"
    " (SELECT 1 FROM accounts_auditevent last WHERE last.sequence = NEW.sequence AND last.digest = NEW.digest)"
)

GUARDS = [
    Guard("event_update", _EVENT, "UPDATE", "the trail is never changed", _MORE_THAN_CHAINED),
    Guard("event_delete", _EVENT, "DELETE", "the trail is never shortened"),
    Guard("head_update", _HEAD, "UPDATE", "the trail ends at its last event", _OF_NO_EVENT),
    Guard("head_delete", _HEAD, "DELETE", "the trail keeps its end"),
    Guard(
        *("user_brought", "accounts_user", "UPDATE", "who brought an account is never changed"),
        "OLD.brought_by_id IS NOT NULL AND NEW.brought_by_id {differs} OLD.brought_by_id",
    ),
    # The sign-in library looks into this table first: a second address there would be a second way to sign in. Servers
    # of an older release still write the account's own address into it.
    Guard("library_address_insert", _LIBRARY, "INSERT", "an account has one address, its own", _ANOTHER),
    Guard("library_address_update", _LIBRARY, "UPDATE", "an account has one address, its own", _ANOTHER),
]
