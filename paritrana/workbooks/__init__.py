"""Sheets that people hand in: read whole and safely before any of it is believed.

``read_table`` answers a ``Table`` whose ``faults`` name row and column, or raises ``Unreadable`` with one sentence for
the person when the file as a whole cannot be trusted. Nothing here knows what the columns mean.
"""

from paritrana.workbooks.table import (
    LARGEST_FILE,
    MOST_COLUMNS,
    MOST_ROWS,
    Fault,
    Row,
    Table,
    Unreadable,
    read_path,
    read_table,
)

__all__ = [
    "LARGEST_FILE",
    "MOST_COLUMNS",
    "MOST_ROWS",
    "Fault",
    "Row",
    "Table",
    "Unreadable",
    "read_path",
    "read_table",
]
