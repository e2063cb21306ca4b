"""Every rule finds what it looks for and leaves the same figure alone without the error."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from regions.plausibility import RULES, CheckedFigure, Key, Limits, examine
from tests.regions.plausibility.made_series import CHILDREN, END, REGIONS, YEARS, flags, quiet, said, total

NOW = Key("51.03", 2024, "PU")
THEN = Key("51.03", 2022, "PU")


def changed(key: Key = NOW, **changes) -> dict[Key, CheckedFigure]:
    figures = quiet()
    figures[key] = replace(figures[key], **changes)
    return figures


def exchanged(
    one: Key, two: Key, *columns: str, figures: dict[Key, CheckedFigure] | None = None
) -> dict[Key, CheckedFigure]:
    figures = figures or quiet()
    for here, there in ((one, two), (two, one)):
        figures[here] = replace(figures[here], **{column: getattr(quiet()[there], column) for column in columns})
    return figures


def test_quiet_figures_raise_no_flag():
    assert flags(quiet()) == []


def test_no_figures_raise_no_flag():
    assert examine([], END) == []


def test_the_order_of_the_figures_does_not_matter():
    figures = changed(participants=quiet()[NOW].participants * 3)

    assert examine(reversed(list(figures.values())), END) == flags(figures) != []


def test_two_figures_of_one_place_are_refused():
    with pytest.raises(ValueError, match="^two figures of one region, year and segment$"):
        examine([quiet()[NOW], quiet()[NOW]], END)


@pytest.mark.parametrize("counts", [{"workers": 0}, {"workers": -5}, {"participants": -1}, {"workers": 10**12}])
def test_counts_that_cannot_be_are_impossible(counts):
    assert said(flags(changed(**counts))) == [("impossible", NOW)]


def test_more_participants_than_workers_is_an_excess():
    workers = quiet()[NOW].workers

    assert said(flags({NOW: replace(quiet()[NOW], participants=workers + 1)})) == [("excess", NOW)]
    assert said(flags({NOW: replace(quiet()[NOW], participants=workers)})) == []


@pytest.mark.parametrize("columns", [("participants",), ("workers",), ("workers", "participants")])
def test_a_count_repeated_to_the_last_digit_is_frozen(columns):
    before = quiet()[NOW._replace(year=2023)]
    again = {column: getattr(before, column) for column in columns}

    (flag,) = flags(changed(**again))

    assert (flag.code, flag.keys, flag.compared, flag.parameters["columns"]) == (
        "frozen",
        (NOW,),
        (before.key,),
        columns,
    )
    assert said(flags(changed(**{column: count + 1 for column, count in again.items()}))) == []


def test_numbers_that_stay_everywhere_every_year_are_a_habit():
    """Posts of village officials are decreed."""
    desa = [CheckedFigure(region, year, "DESA", 900, 700, parent) for region, parent in REGIONS for year in YEARS]

    assert [flag.code for flag in examine(desa, END) if flag.code != "twin"] == []


def test_numbers_that_stay_everywhere_in_one_year_are_frozen():
    figures = quiet()
    for region, _ in REGIONS:
        key = Key(region, 2024, "BPU")
        figures[key] = replace(figures[key], participants=figures[key._replace(year=2023)].participants)

    assert [code for code, _ in said(flags(figures))] == ["frozen"] * len(REGIONS)


def test_another_definition_than_the_year_before_is_redefined_and_nothing_else():
    """Growth is not judged between two definitions, however large it would be."""
    before = quiet()[NOW]

    found = flags(changed(definition="whole province", workers=before.workers * 3))

    assert said(found) == [("redefined", NOW)]
    assert found[0].compared == (NOW._replace(year=2023),)


def test_an_as_of_date_more_than_a_year_before_the_end_of_the_period_is_stale():
    assert said(flags(changed(as_of=date(2023, 11, 30)))) == [("stale", NOW)]
    assert said(flags(changed(as_of=date(2023, 12, 31)))) == []
    assert said(flags(changed(as_of=date(2023, 11, 30)), limits=Limits(stale_months=13))) == []


@pytest.mark.parametrize("key", [NOW, THEN, Key("51.03", 2020, "PU")])
@pytest.mark.parametrize("column", ["workers", "participants"])
@pytest.mark.parametrize("slip", [lambda count: count * 10, lambda count: count // 10])
def test_a_digit_too_many_or_too_few_is_slipped(key, column, slip):
    entered = slip(getattr(quiet()[key], column))

    (flag,) = [flag for flag in flags(changed(key, **{column: entered})) if flag.code != "excess"]

    assert (flag.code, flag.keys, flag.parameters["column"]) == ("slipped", (key,), column)
    assert abs(flag.parameters["meant"] - getattr(quiet()[key], column)) < 10


def test_two_digits_exchanged_are_transposed():
    assert quiet()[NOW].participants == 52_835

    (flag,) = flags(changed(participants=25_835))

    assert (flag.code, flag.keys, flag.parameters["meant"]) == ("transposed", (NOW,), 52_835)


def test_columns_exchanged_are_told_from_a_mere_excess():
    figure = quiet()[NOW]

    found = flags(changed(workers=figure.participants, participants=figure.workers))

    assert said(found) == [("columns-swapped", NOW), ("excess", NOW)]


@pytest.mark.parametrize("columns", [("participants",), ("workers", "participants")])
def test_segments_exchanged_are_swapped(columns):
    other = NOW._replace(segment="BPU")

    (flag,) = flags(exchanged(NOW, other, *columns))

    assert (flag.code, set(flag.keys), flag.parameters["columns"]) == ("segments-swapped", {NOW, other}, columns)


def test_years_exchanged_in_every_segment_are_swapped():
    figures = quiet()
    for segment in ("PU", "BPU", "RENTAN"):
        here = NOW._replace(segment=segment)
        exchanged(here, here._replace(year=2023), "participants", figures=figures)

    (flag,) = flags(figures)

    assert (flag.code, len(flag.keys), flag.parameters["year"]) == ("years-swapped", 6, 2024)


@pytest.mark.parametrize("factor", [0.5, 1.9])
@pytest.mark.parametrize("column", ["workers", "participants"])
def test_a_step_beyond_all_history_is_a_jump(factor, column):
    (flag,) = flags(changed(**{column: round(getattr(quiet()[NOW], column) * factor)}), rules={"jump": RULES["jump"]})

    assert (flag.code, flag.keys, flag.compared) == ("jump", (NOW,), (NOW._replace(year=2023),))


def test_a_figure_that_leaps_away_and_back_is_doubted_once():
    figures = changed(THEN, participants=quiet()[THEN].participants * 2)

    (flag,) = flags(figures, rules={"jump": RULES["jump"]})

    assert (flag.keys, [key.year for key in flag.compared]) == ((THEN,), [2021, 2023])


@pytest.mark.parametrize("years", [2, 3, 4, 5])
@pytest.mark.parametrize("column", ["workers", "participants"])
@pytest.mark.parametrize("slip", [lambda count: count * 10, lambda count: count // 10])
def test_a_slip_by_ten_is_called_a_slip_without_any_peer(years, column, slip):
    alone = {key: figure for key, figure in changed().items() if key[::2] == NOW[::2] and key.year > 2024 - years}
    alone[NOW] = replace(alone[NOW], **{column: slip(getattr(alone[NOW], column))})

    found = [(flag.code, *flag.keys) for flag in flags(alone) if flag.code != "excess"]

    assert found in ([("slipped", NOW)], [("columns-swapped", NOW)])


def test_a_jump_names_no_peers_where_there_are_too_few():
    alone = {key: figure for key, figure in changed().items() if key[::2] == NOW[::2]}
    alone[NOW] = replace(alone[NOW], participants=alone[NOW].participants * 3)

    (flag,) = flags(alone, rules={"jump": RULES["jump"]})
    with translation.override("id"):
        told = flag.message

    assert flag.parameters["common"] is None
    assert "sebanding" not in told
    assert told.endswith("%.")


def test_a_jump_names_its_peers_where_there_are_enough():
    (flag,) = flags(changed(participants=quiet()[NOW].participants * 3), rules={"jump": RULES["jump"]})

    with translation.override("id"):
        assert "wilayah sebanding berubah sekitar" in flag.message


def test_a_step_all_peers_take_is_no_jump():
    figures = {
        key: replace(figure, participants=figure.participants * (2 if key[1:] == (2024, "BPU") else 1))
        for key, figure in quiet().items()
    }

    assert said(flags(figures)) == []


def test_three_years_of_history_suffice():
    figures = {key: figure for key, figure in quiet().items() if key.year > 2021}
    assert said(flags(figures)) == []

    figures[NOW] = replace(figures[NOW], participants=figures[NOW].participants * 2)

    assert [flag.keys for flag in flags(figures)] == [(NOW,)]


@pytest.mark.parametrize("columns", [("workers",), ("workers", "participants")])
def test_the_same_figures_in_two_regions_are_twins(columns):
    other = Key("52.05", 2024, "PU")

    found = flags(changed(**{column: getattr(quiet()[other], column) for column in columns}))

    twins = [(flag.keys, flag.compared, flag.parameters["columns"]) for flag in found if flag.code == "twin"]
    assert twins == [((NOW,), (other,), columns)]


def test_a_whole_year_of_another_region_and_year_is_a_twin():
    figures = quiet()
    block = [NOW._replace(segment=segment) for segment in ("PU", "BPU", "RENTAN")]
    for key in block:
        source = quiet()[Key("52.05", 2022, key.segment)]
        figures[key] = replace(figures[key], workers=source.workers, participants=source.participants)

    (flag,) = [flag for flag in flags(figures) if flag.code == "twin"]

    assert (set(flag.keys), {key[:2] for key in flag.compared}) == (set(block), {("52.05", 2022)})


def test_kabupaten_must_add_up_to_their_province():
    figures = quiet()
    right, wrong = total(figures, "PU", 2024), total(figures, "BPU", 2024, workers=1_000_000)

    found = flags(figures | {right.key: right, wrong.key: wrong})

    assert [(flag.code, flag.keys, len(flag.compared)) for flag in found] == [("province-sum", (wrong.key,), 8)]


def test_a_sum_finds_the_slip_no_history_can_see():
    """The last two digits exchanged change the count by a few people; the sum needs exactly those."""
    figures = quiet()
    right = total(figures, "PU", 2024)
    count = figures[NOW].participants
    entered = int(str(count)[:-2] + str(count)[-1] + str(count)[-2])
    figures[NOW] = replace(figures[NOW], participants=entered)

    (flag,) = flags(figures | {right.key: right})

    assert (flag.code, flag.keys, flag.compared) == ("province-sum-of", (NOW,), (right.key,))
    assert flag.parameters["meant"] == count


def test_a_sum_lays_exchanged_segments_to_the_region_that_exchanged_them():
    one, two = NOW, NOW._replace(segment="RENTAN")
    wholes = {whole.key: whole for whole in (total(quiet(), segment, 2024) for segment in ("PU", "RENTAN"))}

    found = [flag for flag in flags(exchanged(one, two, "participants") | wholes) if flag.code == "province-sum-of"]

    assert {(flag.keys, flag.parameters["meant"]) for flag in found} == {
        ((one,), quiet()[one].participants),
        ((two,), quiet()[two].participants),
    }


def test_where_no_slip_closes_a_gap_only_the_figures_whose_history_asks_for_it_are_named():
    right = total(quiet(), "PU", 2024)
    figures = changed(participants=quiet()[NOW].participants + 12_347)

    (found,) = [flag for flag in flags(figures | {right.key: right}) if flag.code == "province-sum"]

    assert (found.keys, found.compared) == ((right.key,), (NOW,))


def test_while_a_kabupaten_is_missing_the_sum_may_only_be_smaller():
    figures = quiet()
    whole = total(figures, "PU", 2024)
    del figures[NOW]

    short = replace(whole, participants=whole.participants - quiet()[NOW].participants - 1)

    assert said(flags(figures | {whole.key: whole})) == []
    assert said(flags(figures | {whole.key: short})) == [("province-sum", whole.key)]


def test_while_nobody_says_how_many_kabupaten_there_are_the_sum_may_only_be_smaller():
    whole = total(quiet(), "PU", 2024, participants=900_000)

    assert said(examine([*quiet().values(), whole], END)) == []
    assert said(examine([*quiet().values(), whole], END, children=CHILDREN)) == [("province-sum", whole.key)]


def test_segments_must_add_up_to_their_total():
    limits = Limits(totals={"TOTAL": ("PU", "BPU")})
    parts = [quiet()[NOW], quiet()[NOW._replace(segment="BPU")]]
    whole = CheckedFigure(
        "51.03", 2024, "TOTAL", sum(p.workers for p in parts), sum(p.participants for p in parts), "51"
    )

    wrong = replace(whole, participants=whole.participants + 7)

    assert said(examine([*parts, whole], END, limits=limits)) == []
    assert said(examine([*parts, wrong], END, limits=limits)) == [("segment-sum", whole.key)]
    assert said(examine([parts[0], wrong], END, limits=limits)) == []
