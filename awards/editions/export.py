"""Turns a normalised document back into the shared form that ``read_edition`` reads."""

from typing import Any

from awards.criteria.kind import FIGURES, Kind
from awards.criteria.kinds import KINDS
from awards.editions.calendar_days import Days
from awards.editions.documents import edition_document
from awards.editions.schema import STATED, TAKES
from awards.models import Edition


def exported(edition: Edition) -> dict[str, Any]:
    """The document of an edition as JSON; reading it gives the same rows in any installation."""
    document = edition_document(edition)
    return document | {
        "calendar": {stage: _iso(days) for stage, days in document["calendar"].items()},
        "period_start": document["period_start"].isoformat(),
        "period_end": document["period_end"].isoformat(),
        "categories": [_category(category) for category in document["categories"]],
    }


def _iso(days: Days) -> dict[str, str]:
    return {name: day.isoformat() for name, day in days._asdict().items() if day}


def _category(document: dict[str, Any]) -> dict[str, Any]:
    plain = {
        key: value for key, value in document.items() if key != "trims" and (value or key not in (*TAKES, *STATED))
    }
    return plain | spelled(document)


def spelled(document: dict[str, Any]) -> dict[str, Any]:
    """``{"rubric", "titles", "trims"}`` of a normalised document with figures as strings and without empty keys."""
    trims = {"trims": True} if document["trims"] else {}
    return trims | {
        "rubric": [
            aspect | {"criteria": [_criterion(criterion) for criterion in aspect["criteria"]]}
            for aspect in document["rubric"]
        ],
        "titles": [_title(title) for title in document["titles"]],
    }


def decimal(hundredths: int) -> str:
    """3750 -> "37.50", -1000 -> "-10.00"."""
    return f"{'-' * (hundredths < 0)}{abs(hundredths) // 100}.{abs(hundredths) % 100:02d}"


def _criterion(criterion: dict[str, Any]) -> dict[str, Any]:
    plain = {key: value for key, value in criterion.items() if key != "rules" and value}
    figures = {key: decimal(criterion[key]) for key in ("weight", "minimum") if criterion[key] is not None}
    kind = KINDS[criterion["kind"]]
    rules = {key: _rows(kind, value) if key == kind.rows else value for key, value in criterion["rules"].items()}
    return plain | figures | _with_decimals(kind, rules)


def _rows(kind: Kind, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [_with_decimals(kind, {key: value for key, value in row.items() if value != []}) for row in rows]


def _with_decimals(kind: Kind, values: dict[str, Any]) -> dict[str, Any]:
    return {key: decimal(value) if key in FIGURES | kind.figures else value for key, value in values.items()}


def _title(title: dict[str, Any]) -> dict[str, Any]:
    plain = {key: value for key, value in title.items() if value or key == "places"}
    weights = {slug: decimal(weight) for slug, weight in title["weights"].items()}
    return plain | ({"weights": weights} if weights else {})
