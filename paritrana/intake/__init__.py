"""One way in for every table file: an importer describes its table, everything else is made from the description.

``Intake`` (``description.py``) says what the columns are, what makes two rows the same and how rows are written. From
it come the template, the reading with every fault at once, the preview, the writing of all or nothing, the pages, the
command and the table of columns in the help.
"""

from paritrana.intake.columns import Column
from paritrana.intake.description import Intake, Overtaken, RowChange, WrittenBy
from paritrana.intake.errands import IntakeErrand

__all__ = ["RowChange", "Column", "IntakeErrand", "WrittenBy", "Intake", "Overtaken"]
