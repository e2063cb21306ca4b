"""Attached documents: identified by their content, checked and cleaned before anybody opens them.

``sandbox.inspect`` answers what a file is or raises ``Unacceptable``; ``sandbox.draw`` makes a picture of one page.
Both run in a separate process, so a library's bug in a stranger's file ends only that process.
"""

from paritrana.uploads.limits import LARGEST_FILE, MOST_PAGES, MOST_PIXELS
from paritrana.uploads.sandbox import InspectedFile, Unacceptable, draw, inspect, inspected

__all__ = ["LARGEST_FILE", "MOST_PAGES", "MOST_PIXELS", "InspectedFile", "Unacceptable", "draw", "inspect", "inspected"]
