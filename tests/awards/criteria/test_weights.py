"""Re-scaled weights: the same rule as the ranking kernel's, whoever computes it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.criteria.weights import rescaled
from scoring import ranking


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=14).filter(any))
def test_the_award_rescales_weights_as_the_kernel_does(weights):
    named = {f"k{n}": weight for n, weight in enumerate(weights)}

    kernel = ranking.rescale(np.array(weights, dtype=np.int64), np.ones(len(weights), dtype=bool))

    assert list(rescaled(named).values()) == kernel.tolist()


def test_nothing_that_weighs_anything_is_refused():
    with pytest.raises(ValueError):
        rescaled({"a": 0})
