"""Exported workbooks: real numbers, live formulas, text that cannot become a formula, ready to print on A4."""

from scoring.exports.workbook.book import HEAD_ROW, sheet_name
from scoring.exports.workbook.winners import labels_of, winners

__all__ = ["HEAD_ROW", "labels_of", "sheet_name", "winners"]
