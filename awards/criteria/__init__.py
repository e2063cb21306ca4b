"""The criteria of rubrics. Every kind of criterion is one file in ``kinds``; see ``docs/kinds.md``."""

WHOLE = 10_000
"""100.00 % in basis points, and 100.00 points in hundredths."""
