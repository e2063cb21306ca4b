"""Who may do what at every address: the policy, written down apart from the code that carries it out."""

from tests.access.policy_award import AWARD
from tests.access.policy_coverage import COVERAGE
from tests.access.policy_documents import DOCUMENTS
from tests.access.policy_judging import JUDGING
from tests.access.policy_operations import OPERATIONS
from tests.access.policy_proof import PROOF
from tests.access.policy_public import PUBLIC
from tests.access.rules import Rule

POLICY: dict[str, Rule] = COVERAGE | AWARD | JUDGING | PROOF | PUBLIC | DOCUMENTS | OPERATIONS
