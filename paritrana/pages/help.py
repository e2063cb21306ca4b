"""Help ("Bantuan"): which text of ``docs/help/`` belongs to which page, and how it is rendered."""

from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

FOLDER = settings.BASE_DIR / "docs" / "help"
GENERAL = "beranda"

# Topics with the names of their pages in the addresses, in reading order; the first topic that matches counts.
TOPICS: dict[str, list[str]] = {
    GENERAL: ["home", "help*", "search", "style*", "theme", "set_language", "first-steps*", "form-draft"],
    "akun": ["account_*", "mfa_*", "usersessions_*", "my-account", "my-data*", "my-sessions", "address-confirm",
             "openid_*", "socialaccount_*", "agency-*"],
    "pengguna": ["people*", "person*", "posting-*", "appointment-*", "factor-reset*", "erasure*"],
    "jejak-audit": ["trail", "trail-check"],
    "operasi": ["operations", "task-retry", "live", "ready", "metrics"],
    "wilayah": ["regions", "region", "branch", "atlas*", "offices", "office*"],
    "verifikasi-cakupan": ["coverage-queue*", "coverage-verify", "coverage-return", "correction*"],
    "cakupan": ["coverage*"],
    "indikator": ["indicator*"],
    "penyebut-dan-target": [
        *("universal-coverage", "denominators*", "targets*", "target-*", "nation-target-edit", "branch-target-edit"),
    ],
    "rubrik": ["rubric*"],
    "penyelenggaraan": ["edition*", "category-*"],
    "seleksi": [
        *("selections", "selection", "selection-*", "selections-*", "calendar*", "letter*", "proposal*"),
        *("take-back-*", "*taking-back"),
    ],
    "kandidat": ["candidate*", "contacts-*", "past-questions", "past-settle", "past-list-*"],
    "akses-kandidat": ["door*", "my-nomination"],
    "nominasi": ["nominate", "comment-*", "nomination*", "evidence*", "exemption*"],
    "ruang-ketua": [
        "progress", "chair-*", "calibration", "practice", "deliberation*", "uniformity*",
        "panel-close", "panel-reopen", "sheet-reopen", "sheets-lock",
    ],
    "lembar-nilai": ["sheet*", "mark-*", "peers"],
    "tim-penilai": ["panel*", "seat-*", "recuse", "declare*", "invite", "invitation*", "conflict-*"],
    "wawancara": ["interview*", "attendance-*"],
    "peringkat": ["ranking*", "trace*", "robustness*", "firmness*", "what-if*", "tie*"],
    "penetapan": [
        "checks", "seal*", "numbered-seal", "reopen-*", "rubrics-lock", "standings-recompute",
        "result", "special-award*", "verifier",
    ],
    "pengumuman": ["announce*", "withhold", "showcase*", "ceremony*", "publishing", "notice*"],
    "dokumen": [
        "export-*", "nation-*", "recap*", "document*", "minutes*", "certificate*", "past-certificates", "check*",
        "addendum-*",
    ],
    "hasil-publik": ["public-*", "winners-*", "winner-photo", "press-kit", "past-winners", "sitemap", "robots"],
}  # fmt: skip


@dataclass(frozen=True)
class Help:
    """One help text in the reader's language: its title, and the rest as HTML."""

    topic: str
    title: str
    body: SafeString


@cache
def topic_of(url_name: str) -> str:
    """The topic of a page by the page's name; the general topic for pages without one."""
    return next((topic for topic in TOPICS if is_about(topic, url_name)), GENERAL)


def is_about(topic: str, url_name: str) -> bool:
    return any(fnmatchcase(url_name, pattern) for pattern in TOPICS[topic])


@cache
def help_on(topic: str, language: str) -> Help:
    """The text of a topic; the Indonesian one in languages without texts. LookupError for an unknown topic."""
    if topic not in TOPICS:
        raise LookupError(topic)
    title, _newline, rest = path_of(topic, language).read_text(encoding="utf-8").partition("\n")
    # The texts are part of the portal; HTML in them is off all the same.
    body = MarkdownIt("commonmark", {"html": False}).render(rest)
    return Help(topic, title.removeprefix("# "), SafeString(body))  # nosec B703 - nothing of it was typed by a user


def path_of(topic: str, language: str) -> Path:
    return FOLDER / (language if language in {"id", "en"} else settings.LANGUAGE_CODE) / f"{topic}.md"
