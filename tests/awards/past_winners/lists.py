"""What the command says of a list of winners."""

import re


def total(told):
    """The numbers of the last line: rows, written, already there, asked, refused."""
    rows, new, changed, *rest = [int(part.split()[0]) for part in re.split(r" [=+] ", told.splitlines()[-1])]
    return [rows, new + changed, *rest]
