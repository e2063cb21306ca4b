"""The verbs of judging and of results."""
