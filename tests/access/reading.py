"""Counts what a page asks of the database and how many rows it reads, on either engine, without the clock."""

from __future__ import annotations

from types import TracebackType
from typing import Any

from django.db.backends.utils import CursorWrapper


class _Counting(CursorWrapper):
    """Django's cursor, which tells its reader every row that is fetched."""

    reading: Reading

    def execute(self, *args: Any, **kwargs: Any) -> Any:
        self.reading.questions += 1
        return super().execute(*args, **kwargs)

    def fetchone(self) -> Any:
        row = self.cursor.fetchone()
        self.reading.rows += row is not None
        return row

    def fetchmany(self, *args: Any) -> Any:
        rows = self.cursor.fetchmany(*args)
        self.reading.rows += len(rows)
        return rows

    def fetchall(self) -> Any:
        rows = self.cursor.fetchall()
        self.reading.rows += len(rows)
        return rows

    def __iter__(self) -> Any:
        for row in self.cursor:
            self.reading.rows += 1
            yield row


class Reading:
    """``with Reading(connection) as read``: ``read.questions`` and ``read.rows`` of what happened inside."""

    def __init__(self, connection: Any) -> None:
        self.connection, self.questions, self.rows = connection, 0, 0

    def __enter__(self) -> Reading:
        self._made = self.connection.make_cursor, self.connection.make_debug_cursor

        def counting(cursor: Any) -> _Counting:
            made = _Counting(cursor, self.connection)
            made.reading = self
            return made

        self.connection.make_cursor = self.connection.make_debug_cursor = counting
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.connection.make_cursor, self.connection.make_debug_cursor = self._made
