"""Normalised names for finding duplicates: "PT. Contoh Jaya, Tbk" and "CONTOH JAYA PT" are equal."""

import re
import unicodedata

FORMS = frozenset({"pt", "cv", "ud", "fa", "pd", "tbk", "persero", "perseroan", "terbatas", "perum", "perumda"})
"""Legal forms do not identify a candidate. PDAM and Koperasi do: they are part of the name."""


def name_key(name: str) -> str:
    """Letters and digits without accents, case, punctuation and legal form; words keep their order."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    words = re.findall(r"[a-z0-9]+", plain)
    return " ".join(word for word in words if word not in FORMS) or " ".join(words)
