"""Proof of a result: the origin of every figure, how firm a place is, and the effect of other weights."""
