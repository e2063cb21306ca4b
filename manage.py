#!/usr/bin/env python3
"""The one door: ``start``, ``prepare``, ``test``, and every Django command.

Works with nothing but Python on the machine: the first run makes ``.venv`` beside this file and goes on inside it.
"""

import os
import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Paritrana needs Python 3.11 or newer; this is Python %d.%d. Try: python3.11 manage.py" % sys.version_info[:2]
    )
if os.name != "posix":
    sys.exit("Paritrana runs on Linux and macOS; on Windows use WSL.")


def main():
    from paritrana.setup import bootstrap, environment

    arguments = sys.argv[1:]
    command = arguments[0] if arguments else "help"
    try:
        bootstrap.demand_data_folder()
        if command != "test":
            environment.read(os.environ)
        if command == "start":
            options = bootstrap.start_options(arguments[1:])
            bootstrap.demand_free_port(options.port)
        elif command == "test":
            options = bootstrap.test_options(arguments[1:])
        bootstrap.enter_environment("requirements-test.txt" if command == "test" else "requirements.txt")
    except bootstrap.SetupRefused as refusal:
        sys.exit("manage.py: %s" % refusal)
    except KeyboardInterrupt:
        sys.exit(130)

    if command == "start":
        from paritrana.setup import server

        server.serve(options.port, empty=options.empty)
    elif command == "test":
        from paritrana.setup.testing import runner

        sys.exit(runner.run(options.arguments, extent=options.extent))
    else:
        if arguments in ([], ["help"], ["--help"], ["-h"]):
            print(bootstrap.OVERVIEW)
        from django.core.management import execute_from_command_line

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paritrana.settings")
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
