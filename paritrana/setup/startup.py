"""Checks of the database before a server uses it, whichever way the server is started."""

from django.core.management import CommandError
from django.db import OperationalError, connection, connections

from paritrana import schema, triggers
from paritrana.accounts import installation
from paritrana.setup import environment


def demand() -> None:
    """Raise CommandError where serving this database from this data folder would be unsafe."""
    installation.demand()
    if schema.is_newer(connection):
        return  # a newer release has created its own triggers
    if missing := triggers.missing(connection):
        raise CommandError(
            f"The database no longer refuses what it should; missing or altered are its guards {', '.join(missing)}. "
            "Type: python3 manage.py prepare"
        )


def check_or_end() -> None:
    """The same for a server that imports the application; forked workers inherit no connection."""
    try:
        schema.demand_fit_of_server(connection)
        demand()
    except CommandError as refusal:
        environment.end(str(refusal))
    except OperationalError as error:
        environment.end(f"the database does not answer: {error}\nDATABASE_URL says which database is meant.")
    finally:
        connections.close_all()
