"""What the floor above may listen to; coverage itself knows nothing of any award."""

from django.dispatch import Signal

coverage_changed = Signal()
"""Sent inside the writing transaction with ``regions`` (a set of primary keys) and ``by`` (a user or None)."""
