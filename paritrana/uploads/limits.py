"""Size limits of a document, and the one exception of the process that reads it."""

LARGEST_FILE = 10 * 1024 * 1024
MOST_PAGES = 100
MOST_PIXELS = 40_000_000
MOST_OBJECTS = 100_000
"""Objects of a PDF; a book of a hundred scanned pages has a few thousand."""


class DocumentRefused(Exception):
    """The document is refused; the text is one of the codes in ``sandbox.REASONS``."""
