"""Winners of past periods: from published lists, messy as they are, to rows somebody can trust or question."""
