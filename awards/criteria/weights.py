"""Weights that sum to 100.00 again after some were taken out."""

from collections.abc import Mapping

from awards.models.rubrics import WHOLE


def rescaled(weights: Mapping[str, int]) -> dict[str, int]:
    """The weights (name -> basis points) in proportion, summing to exactly 100.00 %; the kernel's ``rescale`` by name.

    Each is rounded down; what is left over goes one by one to the largest remainders, among equal ones to the earlier.
    Raises ValueError when nothing weighs anything.
    """
    whole = sum(weights.values())
    if whole <= 0:
        raise ValueError("none of the weight is kept")
    scaled = {name: weight * WHOLE // whole for name, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda name: -(weights[name] * WHOLE % whole))
    for name in by_remainder[: WHOLE - sum(scaled.values())]:
        scaled[name] += 1
    return scaled
