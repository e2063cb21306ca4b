"""What the floor above may listen to: the award knows nothing of standings."""

from django.dispatch import Signal

selection_changed = Signal()
"""Sent in the writing transaction with ``selection`` and ``by`` when nominations, answers or their states change."""
