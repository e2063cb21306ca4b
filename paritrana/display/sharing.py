"""A letter in the hand of whoever sends it: its text to copy, and WhatsApp opened with it. The portal sends nothing."""

from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True)
class SharedMessage:
    addressee: str
    text: str

    @property
    def whatsapp(self) -> str:
        """Opens WhatsApp with the text filled in; the sender chooses the recipient there."""
        return f"https://wa.me/?text={quote(self.text, safe='')}"
