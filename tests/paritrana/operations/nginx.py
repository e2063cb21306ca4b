"""nginx without root: everything it writes lies in one folder."""

from pathlib import Path

WRITTEN = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def written(folder: Path, text: str) -> Path:
    """The file to start it with, around the servers and upstreams of ``text``."""
    paths = "".join(f"{name}_temp_path {folder}/{name};" for name in WRITTEN)
    file = folder / "nginx.conf"
    file.write_text(f"pid {folder}/pid; error_log stderr; events {{}} http {{ access_log off; {paths}\n{text}\n}}")
    return file
