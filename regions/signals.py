"""Signals of coverage and working areas for the apps above; this app knows nothing about the award."""

from django.dispatch import Signal

coverage_changed = Signal()
"""Sent inside the writing transaction with ``regions`` (a set of primary keys) and ``by`` (a user or None).

``is_only_state`` says that no value changed, only where the figures are on their way.
"""

area_moved = Signal()
"""Sent inside the writing transaction when another office, or none, answers for regions.

With ``regions``, ``former`` (the office each had, by primary key; without those that had none), ``to`` (an office or
None), ``since``, ``source`` and ``by``.
"""
