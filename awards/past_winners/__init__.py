"""Winners of past periods: reads published lists, and marks what a person has to decide."""
