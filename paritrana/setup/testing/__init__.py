"""How ``manage.py test`` runs its checks, and what they need from the machine. Never imported by the portal."""
