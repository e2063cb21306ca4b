"""People, and the trail of what they did."""

from paritrana.accounts.models.people import (
    AddressChange,
    AddressChangeQuerySet,
    Erasure,
    FactorReset,
    FormDraft,
    Installation,
    PersonalValue,
    TwoPeopleRequest,
    User,
    UserAccounts,
    UserQuerySet,
)
from paritrana.accounts.models.trail import AuditEvent, AuditEventQuerySet, SignedHead, TrailCheckpoint, TrailHead
