"""How much jurors agree, and how severe each is: statistics for auditor and chair, beside the official result.

Nothing here changes a mark, a total or a place. In fields of three to twelve candidates the plain mean of the marks
given is the official rule; an adjusted order is only something to talk about. Pure numpy: no rows, clock or chance.
"""

from scoring.ranking.agreement.concordance import Agreement, agreement
from scoring.ranking.agreement.severity import JurorSeverity, SeverityReport, TooLittle, severity

__all__ = ["Agreement", "SeverityReport", "JurorSeverity", "TooLittle", "agreement", "severity"]
