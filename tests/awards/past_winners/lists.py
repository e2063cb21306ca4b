"""What the command says of a list of winners."""


def total(told):
    """The numbers of the last line: rows, written, already there, asked, refused."""
    return [int(word) for word in told.splitlines()[-1].split() if word.isdigit()]
