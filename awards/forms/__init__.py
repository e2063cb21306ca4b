"""Forms of the award: they check what was typed; the verbs decide whether it may be done."""
