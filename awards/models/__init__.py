"""The award as rows: nothing that changes from edition to edition is a constant in code."""

from awards.models.appointments import Appointment, Role
from awards.models.editions import Category, Edition, Sector, Zone, ZoneProvince
from awards.models.nominations import Answer, Candidate, Nomination
from awards.models.rubrics import Aspect, Criterion, Rubric, Title, TitleWeight
from awards.models.selections import Selection, StageDate

__all__ = [
    "Answer",
    "Appointment",
    "Aspect",
    "Candidate",
    "Category",
    "Criterion",
    "Edition",
    "Nomination",
    "Role",
    "Rubric",
    "Sector",
    "Selection",
    "StageDate",
    "Title",
    "TitleWeight",
    "Zone",
    "ZoneProvince",
]
