"""How ``manage.py test`` runs its checks, and the programs it needs. Never imported by the portal."""
