"""What whoever runs the portal needs: backups, the state of the servers, and the page that shows it.

``backups.py`` makes, proves and restores archives (``archive.py``) of a database (``databases.py``) and its documents.
"""
