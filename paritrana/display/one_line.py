"""A column for names: one line, whatever was typed, pasted or imported."""

from typing import Any

from django.db import models

from paritrana.display import invisible


class OneLineField(models.CharField):  # type: ignore[type-arg]
    """Line breaks become spaces and what shows nothing is left out, before a form, a file or a verb stores it.

    Names stand in the heads and texts of letters: a second line in one would look like the portal's own words. To
    migrations it is a plain CharField.
    """

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def to_python(self, value: Any) -> Any:
        return _cleaned(super().to_python(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = _cleaned(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def get_prep_value(self, value: Any) -> Any:
        return _cleaned(super().get_prep_value(value))


def _cleaned(value: Any) -> Any:
    return invisible.on_one_line(value) if isinstance(value, str) else value
