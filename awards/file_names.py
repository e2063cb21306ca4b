"""The name a document is kept and handed out under: what the person called it, less what could deceive or break."""

import re
import unicodedata

LONGEST = 120
_ENDINGS = {"pdf": (".pdf",), "jpeg": (".jpg", ".jpeg"), "png": (".png",), "docx": (".docx",), "xlsx": (".xlsx",)}


def proper_name(name: str, kind: str) -> str:
    """Without folders, control and direction characters, and ending as its content demands."""
    last = re.split(r"[/\\]", name)[-1]
    signs = unicodedata.normalize("NFC", last)
    plain = "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in signs)
    stem = " ".join(re.sub(r'[<>:"|?*;%]', " ", plain).split()).strip(". ") or "berkas"
    ending = next((one for one in _ENDINGS[kind] if stem.lower().endswith(one)), "")
    stem = (stem[: -len(ending)] if ending else stem).strip(". ") or "berkas"
    return f"{stem[:LONGEST]}{ending or _ENDINGS[kind][0]}"
