"""Proving a result to whoever asks: where every figure comes from, how firm a place is, what other weights would do."""
