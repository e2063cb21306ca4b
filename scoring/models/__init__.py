"""Panels, interviews, score sheets, standings and seals."""

from scoring.models.addenda import Addendum
from scoring.models.ceremonies import CeremonyPosition
from scoring.models.deliveries import Delivery, Receipt
from scoring.models.documents import CertificateLogo, Document, DocumentText
from scoring.models.interviews import Attendee, Draw, Interview, Minutes
from scoring.models.invitations import Invitation
from scoring.models.letterheads import Letterhead, SignatureScan
from scoring.models.panels import AssistantDeclaration, Conflict, Declaration, Panel, Seat
from scoring.models.plenary import Calibration, Deliberation, Note, PracticeSheet, TieDecision
from scoring.models.problems import SheetProblem
from scoring.models.results import SpecialAward, Standing
from scoring.models.rooms import SubPanel
from scoring.models.seals import Seal, SealRequest
from scoring.models.seat_changes import SeatChange
from scoring.models.sheets import Mark, MarkVersion, Remark, Reopening, ScoreSheet
from scoring.models.showcase import Reward, WinnerStory
