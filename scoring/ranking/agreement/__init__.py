"""Statistics on how much jurors agree and how severe each is, for auditor and chair, next to the official result.

They change no mark, total or place. In fields of three to twelve candidates the plain mean of the marks is the official
rule; the adjusted order is for discussion only. Pure numpy: no rows, clock or randomness.
"""

from scoring.ranking.agreement.concordance import Agreement, agreement
from scoring.ranking.agreement.severity import JurorSeverity, SeverityReport, TooLittle, of_group, severity

__all__ = ["Agreement", "SeverityReport", "JurorSeverity", "TooLittle", "agreement", "of_group", "severity"]
