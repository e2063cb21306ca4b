"""Work beside requests: tasks of Django's own kind, queued in the database and done by workers, which are processes.

``phases.py`` is its progress as pages show it, ``worker.py`` repeats it after a fault or after a worker has died,
``schedule.py`` is what falls due by the clock; see docs/adr/0031.
"""
