"""An act that is not open to somebody, with the way on: what the page of error 403 shows besides the reason."""

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise


class ActRefused(PermissionDenied):
    """Error 403 whose words say who does this or when it opens; ``url`` leads to where the person can go on."""

    def __init__(self, words: str | Promise, url: str = "", action: str | Promise = "") -> None:
        super().__init__(words)
        self.url, self.action = url, action
