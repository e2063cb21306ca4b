"""Workbooks that leave the house: true numbers, live formulas, text that never turns into a formula, ready for A4."""

from scoring.exports.workbook.book import HEAD_ROW, sheet_name
from scoring.exports.workbook.winners import labels_of, winners

__all__ = ["HEAD_ROW", "labels_of", "sheet_name", "winners"]
