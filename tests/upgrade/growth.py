"""What a migration may do so that the code of the release before still works; see docs/adr/0019."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import migrations, models
from django.db.migrations.state import ProjectState

from paritrana.schema import needed_release

FREE = (
    migrations.CreateModel,
    migrations.AddIndex,
    migrations.RemoveIndex,
    migrations.RenameIndex,
    migrations.RemoveConstraint,
    migrations.AlterModelOptions,
    migrations.AlterModelManagers,
    migrations.AlterModelTableComment,
)
"""Old code misses nothing after these, and has nothing more to give."""
NARROWING_SQL = re.compile(r"\b(DROP\s+(TABLE|COLUMN)|RENAME|SET\s+NOT\s+NULL|TRUNCATE|DELETE\s+FROM)\b", re.IGNORECASE)

_CLOSED = "0.2.0 closes no office: both columns stay empty there"
_RELAXED = "it takes the place of a constraint that refused the same and more"
_ONE_CHAIN = "0.2.0 gives every event its sequence at once, as it always did"
_NO_TURN = "0.2.0 writes no turn: the constraint lets any number of rows without one be"
_NO_ADDRESS = "the release before leaves the address empty, and the constraint lets any number of empty ones be"
_NO_NATION = "0.2.0 writes no target without a region or a branch"

ACCEPTED: dict[str, str] = {
    "accounts.0002_address_changes: Create constraint user_address_once on model user": "the column was unique before;"
    " two accounts whose addresses differ by case alone were refused by the forms of 0.2.0",
    "accounts.0013_signed_trail: Alter field sequence on auditevent": _ONE_CHAIN,
    "accounts.0013_signed_trail: Create constraint auditevent_turn_once on model auditevent": _NO_TURN,
    "regions.0002_offices: Create constraint regionaloffice_closed_signed on model regionaloffice": _CLOSED,
    "regions.0002_offices: Create constraint branch_closed_signed on model branch": _CLOSED,
    "regions.0002_offices: Alter field working_area on branch": "the same table by a model of its own; each column that"
    " 0.2.0 does not know is filled by the database",
    **{
        f"regions.0003_targets_of_any_segments: Create constraint {name} on model target": reason
        for name, reason in {
            "target_once_together": _RELAXED,
            "target_once_together_of_branch": _RELAXED,
            "target_once_of_nation": _NO_NATION,
            "target_once_together_of_nation": _NO_NATION,
            "target_of_one_place_at_most": _RELAXED,
        }.items()
    },
    "scoring.0018_assistant_address: Create constraint seat_assistant_address_once on model seat": _NO_ADDRESS,
    "scoring.0014_announcing_by_two: Create constraint sealrequest_says_what_it_needs on model sealrequest": _RELAXED,
    "regions.0002_offices: Create constraint one_branch_a_region on model arearegion": "0.2.0 changes working areas"
    " by its reference files alone, in which no region is given twice",
}
"""``app.migration: operation`` as the test names it -> why the code of the release before never writes such rows."""


@dataclass(frozen=True)
class Growth:
    """Migrations after a release; ``released`` are the (app, model) that release knows."""

    released: Collection[tuple[str, str]]

    def faults(self, migration: migrations.Migration, before: ProjectState) -> list[str]:
        """Why code of that release could not work after it; ``before`` is left as it is."""
        if needed_release(migration.name) > (0,):
            return []  # it says itself whose code works after it
        state, app, found = before.clone(), migration.app_label, []
        for operation in migration.operations:
            found += [f"{app}.{migration.name}: {fault}" for fault in self._of(operation, app, state)]
            operation.state_forwards(app, state)
        return [fault for fault in found if fault.rpartition(" -> ")[0] not in ACCEPTED]

    def _of(self, operation: Any, app: str, state: ProjectState) -> Iterator[str]:
        if isinstance(operation, migrations.SeparateDatabaseAndState):
            yield from self._of_both(operation, app, state)
        elif isinstance(operation, FREE) or self._is_of_a_new_model(operation, app):
            return
        elif reason := _reason(operation, app, state):
            yield f"{operation.describe()} -> {reason}"

    def _of_both(self, operation: Any, app: str, state: ProjectState) -> Iterator[str]:
        """A field may leave the models, and stay in the table: the first of two releases that take it away."""
        for each in operation.database_operations:
            yield from self._of(each, app, state)
        for each in [] if operation.database_operations else operation.state_operations:
            if isinstance(each, migrations.RemoveField):
                if not fills_itself(_field(each, app, state)):
                    yield f"{each.describe()} -> new code leaves it out: give it db_default, or null=True, first"
            elif not isinstance(each, migrations.DeleteModel):
                yield from self._of(each, app, state)

    def _is_of_a_new_model(self, operation: Any, app: str) -> bool:
        name = getattr(operation, "model_name_lower", None) or getattr(operation, "name_lower", None)
        return name is not None and (app, name) not in self.released


def _reason(operation: Any, app: str, state: ProjectState) -> str:
    """Why this is more than growth; empty where it is not."""
    if isinstance(operation, migrations.AddField):
        return "" if fills_itself(operation.field) else "give it db_default, or null=True"
    if isinstance(operation, migrations.AlterField):
        is_narrow = _narrows(_field(operation, app, state), operation.field)
        return "only the words around a field may change, or its longest text grow" if is_narrow else ""
    if isinstance(operation, migrations.AddConstraint):
        return "the release before may write rows that it refuses"
    if isinstance(operation, migrations.RunPython):
        return "" if operation.reversible else "say how to go back"
    if isinstance(operation, migrations.RunSQL):
        if NARROWING_SQL.search(str(operation.sql)):
            return "this takes something away"
        return "" if operation.reversible else "say how to go back"
    return "this takes something away, or renames it"


def _field(operation: Any, app: str, state: ProjectState) -> models.Field:
    return state.models[app, operation.model_name_lower].fields[operation.name]


def fills_itself(field: models.Field) -> bool:
    """Whether an INSERT that does not name it goes through, more than once."""
    return field.many_to_many or field.null or (field.has_db_default() and not field.unique)


def _narrows(before: models.Field, after: models.Field) -> bool:
    old, new = _stored(before), _stored(after)
    grows = {"max_length": (old[1].get("max_length") or 0) <= (new[1].get("max_length") or 0)}
    for name in ("max_length", "db_default"):
        if grows.get(name, name not in old[1]):
            old[1].pop(name, None)
            new[1].pop(name, None)
    return old != new


def _stored(field: models.Field) -> tuple[str, dict[str, Any]]:
    """What of a field the table knows: its kind and options, without words and what only Python looks at."""
    _name, kind, args, options = field.deconstruct()
    return kind, {name: value for name, value in options.items() if name not in (*field.non_db_attrs, "default")}
