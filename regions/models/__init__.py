"""Regions, offices and coverage figures. ``visible_to`` of each QuerySet says who may see which rows."""

from regions.models.areas import AreaRegion, FormerArea
from regions.models.figures import COUNTED, Coverage, CoverageVersion, Definition, Figure, Segment, State
from regions.models.indicators import Indicator, IndicatorAnswer, IndicatorFile
from regions.models.measures import Denominator, Target
from regions.models.places import Basis, Branch, Posting, Region, RegionalOffice, TimeZone
from regions.models.reviews import Correction, CoverageDraft, Justification
