"""Re-scales weights to 100.00 percent after some were removed."""

from collections.abc import Mapping

from awards.models.rubrics import WHOLE


def rescaled(weights: Mapping[str, int]) -> dict[str, int]:
    """The weights (name -> basis points) in proportion, exactly 100.00 % in sum; the kernel's ``rescale`` by name.

    Each is rounded down; the basis points left over go one by one to the largest remainders, among equal ones to the
    earlier. ValueError when all weights are 0.
    """
    whole = sum(weights.values())
    if whole <= 0:
        raise ValueError("none of the weight is kept")
    scaled = {name: weight * WHOLE // whole for name, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda name: -(weights[name] * WHOLE % whole))
    for name in by_remainder[: WHOLE - sum(scaled.values())]:
        scaled[name] += 1
    return scaled
