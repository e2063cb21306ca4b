"""Validation of the kernel's arguments. Every error is a ``ValueError`` that names the array."""

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

MISSING = -1
"""The value of a missing figure; refused wherever a figure is needed, so it never counts as zero."""

LIMIT = 10**12
"""Every count, score and total is below this; then no product in the kernel exceeds int64."""


def ints(name: str, array: npt.ArrayLike, axes: int | None = None) -> Ints:
    """`array` as int64, with that many axes if given; other dtypes are refused, even exact floats."""
    found = np.asarray(array)
    if found.dtype != np.int64:
        raise ValueError(f"{name} must be int64, not {found.dtype}")
    if axes is not None and found.ndim != axes:
        raise ValueError(f"{name} must have {axes} axes, not {found.ndim}")
    return found


def flags(name: str, array: npt.ArrayLike, shape: tuple[int, ...]) -> Flags:
    """`array` as booleans of exactly `shape`."""
    found = np.asarray(array)
    if found.dtype != np.bool_:
        raise ValueError(f"{name} must be bool, not {found.dtype}")
    same_shape(name, found, shape)
    return found


def same_shape(name: str, array: Ints | Flags, shape: tuple[int, ...]) -> None:
    if array.shape != shape:
        raise ValueError(f"{name} must have the shape {shape}, not {array.shape}")


def in_range(name: str, array: Ints, only: Flags | None = None) -> None:
    """Refuse negative values and values of LIMIT or more; with `only`, in the marked cells."""
    if _strays(array) and (only is None or _strays(array[only])):
        raise ValueError(f"{name} must lie between 0 and {LIMIT - 1}")


def _strays(array: Ints) -> bool:
    # As unsigned a negative number is very large, so one pass over the memory finds both faults.
    return bool(array.view(np.uint64).max(initial=0) >= LIMIT)
