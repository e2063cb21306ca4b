"""The pages of judging and of results."""
