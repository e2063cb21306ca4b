"""What an act refuses, by the code of its message."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError


def code_of(act: Callable[..., Any], *args: Any, **kwargs: Any) -> str | None:
    with pytest.raises(ValidationError) as caught:
        act(*args, **kwargs)
    return caught.value.code


def refused(code: str, act: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
    assert code_of(act, *args, **kwargs) == code
