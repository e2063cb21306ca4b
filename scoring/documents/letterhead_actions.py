"""Saving the letterhead of a selection, with the scans of its signatures: version by version, in the trail."""

from collections.abc import Mapping
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from awards.models import Selection
from awards.stages import Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User
from scoring.documents.letterhead import EMBLEMS, TEXTS, Signatory, letterhead_of
from scoring.edit_conflicts import EditConflict
from scoring.models import Letterhead, SignatureScan
from scoring.permissions import hold


@transaction.atomic
def set_letterhead(
    selection: Selection,
    *,
    version: int,
    texts: Mapping[str, str],
    signatories: tuple[Signatory, ...],
    emblem: bytes,
    decree_emblem: bytes = b"",
    scans: tuple[bytes, ...] = (),
    by: User,
) -> Letterhead:
    """The next version after ``version``; ``scans`` are new pictures that signatories name by their sha256.

    EditConflict when somebody saved first; ValidationError ``unknown-scan``.
    """
    hold(selection, Permission.MAKE_DOCUMENTS, by)
    present = letterhead_of(selection)
    if present.version != version:
        raise EditConflict(present)
    for picture in scans:
        SignatureScan.objects.get_or_create(
            selection=selection, sha256=sha256(picture).hexdigest(), defaults={"picture": picture, "set_by": by}
        )
    known = set(SignatureScan.objects.filter(selection=selection).values_list("sha256", flat=True))
    if not {one.scan for one in signatories if one.scan} <= known:
        raise ValidationError(_("A signature is not stored here. Please upload it again."), code="unknown-scan")
    people = [asdict(one) for one in signatories]
    pictures = {"emblem": emblem, "decree_emblem": decree_emblem}
    made = Letterhead.objects.create(
        selection=selection, version=version + 1, signatories=people, set_by=by, **pictures, **texts
    )
    after: dict[str, Any] = _for_trail(made)
    trail.record(by, "document.letterhead", made, before=_for_trail(present) if version else {}, after=after)
    return made


def _for_trail(head: Letterhead) -> dict[str, Any]:
    """A version as the trail records it: pictures by their digests."""
    told = {name: getattr(head, name) for name in TEXTS}
    people = (f"{one['name']}, {one['office']}" for one in head.signatories)
    pictures = {name: getattr(head, name) for name in EMBLEMS}
    digests = {name: sha256(bytes(picture)).hexdigest() if picture else "" for name, picture in pictures.items()}
    return told | digests | {"signatories": "; ".join(people)}
