"""What a document may be at most, and the one exception of the process that reads it."""

LARGEST_FILE = 10 * 1024 * 1024
MOST_PAGES = 100
MOST_PIXELS = 40_000_000
MOST_OBJECTS = 100_000
"""Of a PDF; a book of a hundred scanned pages has some thousand."""


class DocumentRefused(Exception):
    """The document is not taken; the text is one of the codes in ``apart.REASONS``."""
