"""The events about regions, coverage and targets in the trail."""

from django.utils.translation import gettext_lazy as _

from paritrana.accounts.event_registry import Event, register

register(
    Event("coverage.correct", _("Correction accepted")),
    Event("coverage.enter", _("Coverage entered")),
    Event("coverage.import", _("Coverage imported")),
    Event("coverage.justify", _("Doubtful figure explained")),
    Event("coverage.keep", _("Correction refused")),
    Event("coverage.lock", _("Coverage locked")),
    Event("coverage.measure", _("Workers taken over from the office")),
    Event("coverage.propose", _("Correction proposed")),
    Event("coverage.return", _("Coverage returned")),
    Event("coverage.send", _("Coverage sent")),
    Event("coverage.unlock", _("Coverage opened again")),
    Event("coverage.share-return", _("Reasons of a return shown to be shared")),
    Event("coverage.upload", _("Coverage uploaded")),
    Event("coverage.verify", _("Coverage verified")),
    Event("denominator.set", _("Denominator set")),
    Event("denominator.upload", _("Denominators uploaded")),
    Event("indicator.answer", _("Indicator answered")),
    Event("indicator.attach", _("Evidence of an indicator attached")),
    Event("indicator.take-back", _("Evidence of an indicator taken back")),
    Event("indicator.download", _("Evidence of an indicator downloaded")),
    Event("indicator.verify", _("Answer to an indicator verified")),
    Event("office.add", _("Office added")),
    Event("office.area", _("Working area changed")),
    Event("office.change", _("Office changed")),
    Event("office.close", _("Office closed")),
    Event("office.reopen", _("Office opened again")),
    Event("office.split", _("Office split")),
    Event("posting.end", _("Posting ended")),
    Event("posting.grant", _("Posted")),
    Event("reference.change", _("Reference data changed")),
    Event("target.set", _("Target set")),
)
