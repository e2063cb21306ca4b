from django.http import Http404

from paritrana.accounts.requests import UserRequest
from scoring.assignments.assignment import Docket, SheetNomination


def nomination_to_score(request: UserRequest, docket: Docket, pk: int) -> SheetNomination:
    """A nomination of the docket in which neither juror nor assistant has a conflict of interest."""
    nomination = docket.nomination(pk, request.user)
    if nomination is None or nomination.keeps_out:
        raise Http404
    return nomination
