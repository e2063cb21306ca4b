"""Documents that people attach: told by their content, judged and cleaned before anybody else opens them.

``inspect`` answers what a file is or raises ``Unacceptable``; ``draw`` makes a picture of one page. Both run in a
process of their own (``apart``): a library's bug in a stranger's file ends that process and nothing else.
"""

from paritrana.uploads.limits import LARGEST_FILE, MOST_PAGES, MOST_PIXELS
from paritrana.uploads.sandbox import InspectedFile, Unacceptable, draw, inspect, inspected

__all__ = ["LARGEST_FILE", "MOST_PAGES", "MOST_PIXELS", "InspectedFile", "Unacceptable", "draw", "inspect", "inspected"]
