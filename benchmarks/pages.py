"""What every page costs, small and large: every address each role may open, by the ids of a country that stays.

``python benchmarks/pages.py [--large country] [--roles committee,chair] [--names trail,seal] [FOLDER]`` fills a small
country and a large one once (``country.py``), kept in FOLDER (``/tmp/paritrana-country`` unless said) and used again by
the next run. Each is walked in a process of its own; ``DATABASE_URL`` may name a PostgreSQL server, else SQLite. It
prints milliseconds of processor time, questions to the database, rows read and bytes, and fails where large takes more
than three times what small takes, and more than 60 ms, though the page does not show more (bytes less than doubled). A
page over the goal is asked up to three times and its quickest counts: what else the machine does is no cost of a page.
"""

import argparse
import gc
import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
SECONDS, MEMORY, NEGLIGIBLE, GOAL = 60, 3 << 30, 60, 120
"""A page that takes longer, a process that takes more, and milliseconds that are not worth comparing or repeating."""
Costs = dict[str, dict[str, Any]]


class TooLongError(Exception):
    pass


def _interrupted(*_signal: object) -> None:
    raise TooLongError


def walk(size_name: str, folder: Path, roles: set[str], names: set[str]) -> Costs:
    from benchmarks import country

    size = country.SIZES[size_name]
    place = folder / size.name
    country.prepare(place)
    from django.conf import settings
    from django.core.management import call_command

    from regions.verification import stored_doubts

    world = country.world_of(size, place)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("verify_trail", in_turn=True, verbosity=0)  # as the schedule does, and
    stored_doubts.examine_unknown.call()
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    signal.signal(signal.SIGALRM, _interrupted)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    gc.collect()
    gc.freeze()  # as the server does before it forks its workers
    found: Costs = {}
    for persona, name, address in _visits(world, roles, names):
        is_first = not any(key.startswith(f"{name} ") for key in found)
        cost = _cost(world, persona, address, warm=is_first)
        found[f"{name} {persona}"] = cost | {"address": address}
        print(f"{size_name} {name} {persona} {cost}", file=sys.stderr, flush=True)
    status = Path("/proc/self/status").read_text().splitlines()
    found["memory"] = {
        key: int(line.split()[1]) // 1024 for line in status for key in ("VmRSS", "VmHWM") if line.startswith(key)
    }
    return found


def _visits(world: Any, roles: set[str], names: set[str]) -> list[tuple[str, str, str]]:
    from django.urls import reverse

    from tests.access.policy import POLICY
    from tests.access.rules import EVERYBODY

    return [
        (persona, name, reverse(name, kwargs=rule.of(world.bali) if rule.of else {}))
        for name, rule in POLICY.items()
        if "GET" in rule.methods and (not names or name in names)
        for persona in sorted(EVERYBODY & rule.allow)
        if not roles or persona in roles
    ]


def _cost(world: Any, persona: str, address: str, warm: bool) -> dict[str, Any]:
    from django.db import connection
    from django.test import Client

    from tests.access.reading import Reading

    client = Client(raise_request_exception=True)
    if user := world.everywhere.get(persona) or world.bali.people.get(persona):
        client.force_login(user)
    signal.alarm(SECONDS)
    try:
        if warm:
            _body(client.get(address))
        spent = float("inf")
        for _round in range(3):
            with Reading(connection) as read:
                began = time.process_time()
                answer = client.get(address)
                size = len(_body(answer))
                spent = min(spent, 1e3 * (time.process_time() - began))
            if spent < GOAL:
                break
    except (TooLongError, MemoryError) as error:
        return {"ms": 1e3 * SECONDS, "error": type(error).__name__, "bytes": 0, "questions": 0, "rows": 0}
    finally:
        signal.alarm(0)
    kind = answer.headers.get("Content-Type", "").split(";")[0]
    told = {"ms": round(spent, 1), "questions": read.questions, "rows": read.rows, "bytes": size}
    return told | {"status": answer.status_code, "type": kind}


def _body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


def _apart(size: str, given: argparse.Namespace) -> Costs:
    command = [sys.executable, __file__, str(given.folder), "--one", size, "--roles", given.roles]
    subprocess.run([*command, "--names", given.names], check=True, env=os.environ)
    return dict(json.loads((given.folder / f"{size}.json").read_text()))


def is_too_much(small: dict[str, Any], large: dict[str, Any]) -> bool:
    """More than three times the cost of what is no longer itself. A file may be as large as what it holds."""
    if large["ms"] <= max(3 * small["ms"], NEGLIGIBLE):
        return False
    return bool(
        "error" in large
        or large["bytes"] < 2 * small["bytes"]
        or (large["bytes"] > 300_000 and large["type"] == "text/html")
    )


def main() -> int:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("folder", nargs="?", type=Path, default=Path("/tmp/paritrana-country"))
    reader.add_argument("--large", default="large", choices=["large", "country"])
    reader.add_argument("--roles", default="")
    reader.add_argument("--names", default="")
    reader.add_argument("--one", default="")
    given = reader.parse_args()
    if given.one:
        wanted = (set(filter(None, given.roles.split(","))), set(filter(None, given.names.split(","))))
        (given.folder / f"{given.one}.json").write_text(json.dumps(walk(given.one, given.folder, *wanted)))
        return 0
    small, large = _apart("small", given), _apart(given.large, given)
    print(
        "| address | role | ms small | ms large | questions | rows | bytes | |\n|---|---|---:|---:|---:|---:|---:|---|"
    )
    memory, failed = large.pop("memory"), 0
    for key, after in sorted(large.items(), key=lambda item: -item[1]["ms"]):
        name, role = key.split()
        before = small[key]
        failed += (too_much := is_too_much(before, after))
        pairs = (f"{before[each]:,} → {after[each]:,}" for each in ("questions", "rows", "bytes"))
        told = f"| {name} | {role} | {before['ms']:,.0f} | {after['ms']:,.0f} | {' | '.join(pairs)} |"
        print(f"{told} {after.get('error', '') or ('✗' if too_much else '')} |")
    print(f"\n{len(large)} pages, {failed} cost too much")
    print(f"Memory after all of them {memory['VmRSS']} MB, peak {memory['VmHWM']} MB")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
