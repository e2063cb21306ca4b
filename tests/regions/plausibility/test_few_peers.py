"""What is said where few other regions are known: the first branch of a province enters its figures alone."""

from dataclasses import replace

import pytest
from django.utils import translation

from regions.plausibility import RULES, Key
from tests.regions.plausibility.made_series import flags, quiet

NOW = Key("51.03", 2024, "PU")


@pytest.mark.parametrize("years", [2, 3, 4, 5])
@pytest.mark.parametrize("column", ["workers", "participants"])
@pytest.mark.parametrize("slip", [lambda count: count * 10, lambda count: count // 10])
def test_a_slip_by_ten_is_called_a_slip_without_any_peer(years, column, slip):
    alone = {key: figure for key, figure in quiet().items() if key[::2] == NOW[::2] and key.year > 2024 - years}
    alone[NOW] = replace(alone[NOW], **{column: slip(getattr(alone[NOW], column))})

    found = [(flag.code, *flag.keys) for flag in flags(alone) if flag.code != "excess"]

    assert found in ([("slipped", NOW)], [("columns-swapped", NOW)])


def test_a_jump_names_no_peers_where_there_are_too_few():
    alone = {key: figure for key, figure in quiet().items() if key[::2] == NOW[::2]}
    alone[NOW] = replace(alone[NOW], participants=alone[NOW].participants * 3)

    (flag,) = flags(alone, rules={"jump": RULES["jump"]})
    with translation.override("id"):
        told = flag.message

    assert flag.parameters["common"] is None
    assert "sebanding" not in told
    assert told.endswith("%.")


def test_a_jump_names_its_peers_where_there_are_enough():
    figures = quiet()
    figures[NOW] = replace(figures[NOW], participants=figures[NOW].participants * 3)

    (flag,) = flags(figures, rules={"jump": RULES["jump"]})

    with translation.override("id"):
        assert "wilayah sebanding berubah sekitar" in flag.message
