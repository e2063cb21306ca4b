"""The stages as data: their order, what may be done in each, and the transitions of a nomination."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    PREPARATION = "persiapan", _("preparation")
    NOMINATION = "nominasi", _("nomination")
    VERIFICATION = "verifikasi", _("verification")
    INTERVIEW = "wawancara", _("interview")
    PLENARY = "pleno", _("plenary")
    SEALED = "ditetapkan", _("sealed")
    ANNOUNCED = "diumumkan", _("announced")


class Permission(StrEnum):
    """What a role may do in a selection; ``permissions.py`` says who has it, the tables below when it is open."""

    SEE = "see"
    SET_CALENDAR = "set-calendar"
    CHOOSE_CATEGORIES = "choose-categories"
    NOMINATE = "nominate"
    ANSWER = "answer"
    REPAIR = "repair"
    INVITE_CONTACT = "invite-contact"
    VERIFY = "verify"
    SEE_COMMENTS = "see-comments"
    CLEAR = "clear"
    SHORTLIST = "shortlist"
    DISQUALIFY = "disqualify"
    WITHDRAW = "withdraw"
    MANAGE_PANEL = "manage-panel"
    SECOND_PANEL = "second-panel"
    SCHEDULE = "schedule"
    RECORD_ATTENDANCE = "record-attendance"
    SCORE = "score"
    REPORT_PROBLEM = "report-problem"
    ANSWER_PROBLEM = "answer-problem"
    RECUSE = "recuse"
    REOPEN = "reopen"
    CLOSE_PANEL = "close-panel"
    GUIDE_PANEL = "guide-panel"
    DELIBERATE = "deliberate"
    SEE_PROGRESS = "see-progress"
    MOVE_STAGE = "move-stage"
    TAKE_BACK_STAGE = "take-back-stage"
    SECOND_TAKING_BACK = "second-taking-back"
    SEE_RANKING = "see-ranking"
    SEE_MARKS = "see-marks"
    SEE_AGREEMENT = "see-agreement"
    SEAL = "seal"
    SECOND_SEAL = "second-seal"
    REOPEN_RESULT = "reopen-result"
    SEE_SEALS = "see-seals"
    SEE_RESULT = "see-result"
    SEE_CANDIDATE_COPY = "see-candidate-copy"
    EXPORT = "export"
    SEE_DOCUMENTS = "see-documents"
    MAKE_DOCUMENTS = "make-documents"
    ANNOUNCE = "announce"
    LEAD_CEREMONY = "lead-ceremony"
    NOTIFY = "notify"
    SEE_PROPOSALS = "see-proposals"
    PROPOSE = "propose"


P = Permission

BEFORE_THE_SEAL = frozenset({P.SEE, P.SEE_PROPOSALS, P.SET_CALENDAR, P.DISQUALIFY, P.WITHDRAW, P.INVITE_CONTACT}) | {
    P.SEE_COMMENTS,
    P.TAKE_BACK_STAGE,
    P.SECOND_TAKING_BACK,
}

OPEN_IN: dict[Stage, frozenset[Permission]] = {
    Stage.PREPARATION: frozenset(
        {P.SEE, P.SEE_PROPOSALS, P.PROPOSE, P.SET_CALENDAR, P.CHOOSE_CATEGORIES, P.MANAGE_PANEL, P.MOVE_STAGE}
        | {P.SECOND_PANEL, P.SEE_COMMENTS}
    ),
    Stage.NOMINATION: BEFORE_THE_SEAL
    | {P.PROPOSE, P.CHOOSE_CATEGORIES, P.NOMINATE, P.REPAIR, P.VERIFY, P.CLEAR, P.MANAGE_PANEL, P.MOVE_STAGE}
    | {P.ANSWER, P.SECOND_PANEL},
    Stage.VERIFICATION: BEFORE_THE_SEAL
    | {P.PROPOSE, P.REPAIR, P.VERIFY, P.CLEAR, P.SHORTLIST, P.MANAGE_PANEL, P.SCHEDULE, P.RECUSE, P.MOVE_STAGE}
    | {P.GUIDE_PANEL, P.ANSWER, P.SECOND_PANEL},
    Stage.INTERVIEW: BEFORE_THE_SEAL
    | {P.MANAGE_PANEL, P.SCHEDULE, P.RECORD_ATTENDANCE, P.SCORE, P.RECUSE, P.REOPEN, P.SEE_PROGRESS, P.MOVE_STAGE}
    | {P.GUIDE_PANEL, P.CLOSE_PANEL, P.SECOND_PANEL, P.REPORT_PROBLEM, P.ANSWER_PROBLEM},
    Stage.PLENARY: BEFORE_THE_SEAL
    | {P.RECUSE, P.GUIDE_PANEL, P.CLOSE_PANEL, P.SEE_PROGRESS, P.SEE_RANKING, P.REPORT_PROBLEM, P.ANSWER_PROBLEM}
    | {P.SEE_MARKS, P.SEE_AGREEMENT, P.DELIBERATE, P.SEAL, P.SECOND_SEAL, P.SEE_SEALS},
    Stage.SEALED: frozenset(
        {P.SEE, P.SEE_COMMENTS, P.SEE_PROPOSALS, P.SET_CALENDAR, P.SEE_PROGRESS, P.SEE_RANKING, P.SEE_RESULT}
        | {P.SEE_MARKS, P.SEE_AGREEMENT, P.EXPORT, P.ANNOUNCE, P.REOPEN_RESULT, P.SECOND_SEAL, P.SEE_SEALS}
        | {P.SEE_DOCUMENTS, P.MAKE_DOCUMENTS, P.LEAD_CEREMONY, P.INVITE_CONTACT}
    ),
    Stage.ANNOUNCED: frozenset(
        {
            P.SEE,
            P.SEE_COMMENTS,
            P.SEE_PROPOSALS,
            P.SEE_PROGRESS,
            P.SEE_RANKING,
            P.SEE_RESULT,
            P.SEE_CANDIDATE_COPY,
            P.EXPORT,
        }
        | {P.SEE_MARKS, P.SEE_AGREEMENT, P.REOPEN_RESULT, P.SECOND_SEAL, P.SEE_SEALS}
        | {P.SEE_DOCUMENTS, P.MAKE_DOCUMENTS, P.LEAD_CEREMONY, P.NOTIFY, P.INVITE_CONTACT}
    ),
}

TAKES_PROPOSALS = (Stage.PREPARATION, Stage.NOMINATION, Stage.VERIFICATION)
"""The stages in which the national selection takes proposals of the provinces."""

NEXT: dict[Stage, Stage] = {
    Stage.PREPARATION: Stage.NOMINATION,
    Stage.NOMINATION: Stage.VERIFICATION,
    Stage.VERIFICATION: Stage.INTERVIEW,
    Stage.INTERVIEW: Stage.PLENARY,
}
"""The transitions of ``open_next_stage``; sealing and announcing are actions of their own, in ``scoring``."""
BEFORE = {following: stage for stage, following in NEXT.items()}
"""Where a stage opened by mistake is taken back to."""


DATED = (Stage.NOMINATION, Stage.VERIFICATION, Stage.INTERVIEW, Stage.PLENARY, Stage.ANNOUNCED)
"""The stages with dates in the calendar; preparation and the sealed stage have none."""


class NominationState(models.TextChoices):
    DRAFT = "draf", _("draft")
    SENT = "terkirim", _("sent")
    RETURNED = "dikembalikan", _("returned")
    VERIFIED = "terverifikasi", _("verified")
    SHORTLISTED = "wawancara", _("on the interview list")
    NOT_SHORTLISTED = "tidak-lolos", _("not shortlisted")
    DISQUALIFIED = "gugur", _("disqualified")
    WITHDRAWN = "mundur", _("withdrawn")


S = NominationState

GONE = frozenset({S.DISQUALIFIED, S.WITHDRAWN})
STILL_THERE = frozenset(S) - GONE

MOVES: dict[str, tuple[frozenset[NominationState], NominationState | None, Permission]] = {
    "submit": (frozenset({S.DRAFT, S.RETURNED}), S.SENT, P.REPAIR),
    "verify": (frozenset({S.SENT}), S.VERIFIED, P.VERIFY),
    "return": (frozenset({S.SENT}), S.RETURNED, P.VERIFY),
    "shortlist": (
        frozenset({S.VERIFIED, S.NOT_SHORTLISTED}),
        S.SHORTLISTED,
        P.SHORTLIST,
    ),
    "pass-over": (
        frozenset({S.VERIFIED, S.SHORTLISTED}),
        S.NOT_SHORTLISTED,
        P.SHORTLIST,
    ),
    "withdraw": (STILL_THERE, S.WITHDRAWN, P.WITHDRAW),
    "disqualify": (STILL_THERE, S.DISQUALIFIED, P.DISQUALIFY),
    "reinstate": (GONE, None, P.DISQUALIFY),
}
"""verb -> (from any of these states, to this state, by who has this permission while it is open).

Without a state it goes back to the one the nomination left from.
"""

EDITABLE = frozenset({S.DRAFT, S.RETURNED})

NOMINATING_ENDS_WITH = Stage.NOMINATION
ENDS_WITH: dict[NominationState, Stage] = {S.DRAFT: Stage.NOMINATION, S.RETURNED: Stage.VERIFICATION}
"""A nomination in this state may be changed and sent up to and including this stage, and only until that stage closes.

Open while now < ``closes_at`` of the stage, by the clock of the database; a stage without a date has no deadline.
"""


def mendable_in(state: NominationState) -> frozenset[Stage]:
    """The stages in which a nomination in this state may still be changed and sent."""
    order = list(Stage)
    until = order[: order.index(ENDS_WITH[state]) + 1]
    return frozenset(stage for stage in until if P.REPAIR in OPEN_IN[stage])


LEAVING = frozenset({"withdraw", "disqualify"})
REASON_NEEDED = frozenset({"return", "pass-over", "withdraw", "disqualify", "reinstate"})


def allows(verb: str, state: NominationState, stage: Stage) -> bool:
    """Whether a nomination in this state may make this transition at this stage, regardless of dates and people."""
    origins, _target, needed = MOVES[verb]
    in_time = needed != P.REPAIR or (state in ENDS_WITH and stage in mendable_in(state))
    return state in origins and needed in OPEN_IN[stage] and in_time
