"""What everybody may read: announced winners and nothing else, by pages, feeds, pictures and records."""
