"""Public pages, feeds, pictures and records: announced winners only."""
