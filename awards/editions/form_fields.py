"""The form fields of an aspect and of every criterion; each kind adds its own."""

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.criteria.boxes import Boxes, area, figure, hidden, text, tick
from awards.criteria.kind import Kind
from awards.criteria.kinds import choices

ALONE: Boxes = {
    "trims": tick(_("From five marks on, leave out the highest and the lowest mark of a criterion")),
}
ASPECT: Boxes = {"slug": hidden, "name": text(_("Name of the aspect"), 100)}
CRITERION: Boxes = {
    "slug": hidden,
    "name": text(_("Name of the criterion"), 120),
    "kind": lambda: forms.ChoiceField(label=_("Judged by"), choices=choices()),
    "weight": figure(_("Weight")),
    "guidance": area(_("Guidance for whoever answers or scores")),
    "evidence": text(_("Evidence to attach"), 200, required=False),
    "evidence_required": tick(_("This evidence is required")),
}
_ANSWERED: Boxes = {
    "minimum": figure(
        _("Minimum points to be eligible"), required=False, help_text=_("Empty: nobody is excluded by this answer.")
    ),
    "legal_basis": text(_("Legal basis of the minimum"), 200, required=False),
    "note_label": text(
        _("Words asked with the answer"), 120, required=False, help_text=_("For example: number and year.")
    ),
    "note_required": tick(_("These words are required")),
}
_EXEMPT: Boxes = {
    "not_applicable": figure(
        _("Points where it does not apply"),
        required=False,
        help_text=_("Empty: whom it does not apply to is listed apart, without a place."),
    )
}


def of_kind(kind: Kind) -> Boxes:
    """The fields of a criterion of this kind, without the rows of its rule."""
    return kind.rule_boxes | ({} if kind.is_interviewed else _EXEMPT)


def answered(kind: Kind) -> Boxes:
    """The fields about its answer; none for a kind that is not answered."""
    return _ANSWERED if kind.is_answered else {}
