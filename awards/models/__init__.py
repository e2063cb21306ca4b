"""The models of the award; everything that can change from edition to edition is data, not code."""

from awards.models.appointments import Appointment, Role
from awards.models.candidates import Candidate, Contact
from awards.models.comments import Comment
from awards.models.doors import CandidateDoor
from awards.models.drafts import AnswerDraft
from awards.models.editions import Category, Edition, EditionDate, EnglishText, Sector, Zone, ZoneProvince
from awards.models.history import PastAward
from awards.models.letters import Letter
from awards.models.nominations import Answer, Evidence, Nomination
from awards.models.remarks import CheckedRow, Exemption, ReturnRemark
from awards.models.rubrics import Aspect, Criterion, Rubric, TieRule, Title, TitleWeight
from awards.models.selections import Contest, Selection, StageDate, StageReturn
