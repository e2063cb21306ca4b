"""What refusing a hostile file takes: ``python benchmarks/hostile.py``.

Each file is handed to the reader as an upload is, in a process of its own; measured from there until the refusal can be
shown. Seconds on the clock (starting the reader included), and the reader's largest memory. The aim: under a second,
under 200 MB.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

from tests.paritrana.uploads.hostile import HOSTILE, MEASURE  # noqa: E402

ROUNDS = 3


def measured(content: bytes) -> tuple[float, int, str]:
    """Seconds, kilobytes, and the state the file ended in; the slowest and largest of some rounds."""
    found = []
    for _round in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "file"
            path.write_bytes(content)
            command = [sys.executable, "-c", MEASURE, str(path)]
            said = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout.split()
            found.append((float(said[1]), int(said[0]), said[2]))
    seconds, kilobytes, states = zip(*found, strict=True)
    return max(seconds), max(kilobytes), states[0]


def main() -> None:
    print("| file | bytes | seconds | MB | ends as |\n|---|---:|---:|---:|---|")
    for kind, content in HOSTILE.items():
        seconds, kilobytes, state = measured(content)
        print(f"| {kind} | {len(content):,} | {seconds:.2f} | {kilobytes / 1024:.0f} | {state} |", flush=True)


if __name__ == "__main__":
    main()
