from django.http import Http404, HttpRequest

from awards.models import Nomination
from scoring.assignments.assignment import Docket


def nomination_to_score(request: HttpRequest, docket: Docket, pk: int) -> Nomination:
    """A nomination of the docket in which neither juror nor assistant has a conflict of interest."""
    nomination = docket.nomination(pk, request.user)
    if nomination is None or nomination.keeps_out:
        raise Http404
    return nomination
