"""Pages of the award: fetch what this person may see, call one verb, answer."""
