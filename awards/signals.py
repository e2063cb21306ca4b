"""What the floor above may listen to: the award knows nothing of standings."""

from django.dispatch import Signal

selection_changed = Signal()
"""Sent in the writing transaction with ``selection`` and ``by`` when nominations, answers or their states change."""

stage_reviewed = Signal()
"""Asks, with ``selection``, what the floor above would leave unfinished when the next stage opens.

Receivers answer a list of ``{"code", "label", "count", "is_stuck"}``, one for each kind of unfinished work.
"""

owed_work_asked = Signal()
"""Asks, with ``selection`` and ``stage``, who on the floor above still owes something before that stage closes.

Receivers answer a list of ``(user, [(words, count, path)])``: what is owed, how many or None, and the address to do it.
"""
