"""Work beside requests: tasks of Django's own kind, queued in the database and done by workers, which are processes.

``phases.py`` is what pages tell of it, ``worker.py`` does it again after a fault or after the death of a worker,
``schedule.py`` is what falls due by the clock; see docs/adr/0031.
"""
