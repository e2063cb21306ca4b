"""Reads tables that people upload: completely and safely, before any value is used.

``read_table`` answers a ``Table`` whose ``faults`` name row and column, or raises ``Unreadable`` with one sentence when
the file as a whole cannot be used. The meaning of the columns is not known here.
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
