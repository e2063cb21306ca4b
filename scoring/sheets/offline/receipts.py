"""A receipt: the digest of everything the server stores for a seat at a moment.

The digest is sha256 over a nonce and one line per field, ``nomination<TAB>box<TAB>value``, in order, marks in
hundredths. The nonce stays in the receipt's row: without it nobody can guess marks from the digest in the trail.
"""

import hashlib
import secrets
import uuid

from paritrana.accounts.models import User
from scoring.models import Mark, Receipt, Remark, Seat
from scoring.sheets.entries import mark_box, remark_box


def give(seat: Seat, device: uuid.UUID, entries: int, by: User) -> Receipt:
    nonce = secrets.token_hex(16)
    return Receipt.objects.create(
        seat=seat, given_to=by, device=device, entries=entries, nonce=nonce, digest=digest(seat, nonce)
    )


def digest(seat: Seat, nonce: str) -> str:
    return hashlib.sha256("\n".join([nonce, *held_lines(seat)]).encode()).hexdigest()


def held_lines(seat: Seat) -> list[str]:
    """Every filled field of the seat's sheets, in the order of nominations and fields."""
    marks = Mark.objects.filter(sheet__seat=seat, value__isnull=False).order_by()
    remarks = Remark.objects.filter(sheet__seat=seat, is_current=True).exclude(text="").order_by()
    rows = list(marks.values_list("sheet__nomination", "criterion", "value"))
    named = {criterion: mark_box(criterion) for criterion in {criterion for _nomination, criterion, _value in rows}}
    found = [(nomination, named[criterion], f"{value}") for nomination, criterion, value in rows]
    found += [
        (nomination, remark_box(criterion), text)
        for nomination, criterion, text in remarks.values_list("sheet__nomination", "criterion", "text")
    ]
    found.sort()
    return [f"{nomination}\t{box}\t{value}" for nomination, box, value in found]


def is_current(receipt: Receipt) -> bool:
    """Whether the server's values still match the receipt."""
    return digest(receipt.seat, receipt.nonce) == receipt.digest
