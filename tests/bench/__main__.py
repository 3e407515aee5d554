"""Benchmarks: `python -m tests.bench [SUBJECT ...] [--seconds S] [--json FILE]`. No time makes them fail."""

import argparse
import importlib
import json
import os
import platform
import sys
import time
from pathlib import Path

from tests.bench.figures import Figure, table

SUBJECTS = {
    "acks": "help, status and presses beside bare Bolt and a bare endpoint",
    "answers": "an answered question beside three bare rows, SQLite and PostgreSQL",
    "tail": "acks of all kinds while the Web API is 100 ms away and 2 % faulty",
    "scoring": "one project, pure",
    "exports": "10,000 projects as JSON, CSV and a page, and 2,000 from a table",
    "due": "an idle tick and claim, and 50 due, at 1,000 and 10,000 projects",
    "kept": "50 deadlines kept at 100, 1,000 and 10,000 projects",
    "portfolio": "overview, ten filters, heat map at 10,000 projects and 1,000,000 answers",
    "pictures": "a heat map of 100 projects among 10,000: its numbers, its drawing, the loop meanwhile",
    "fanout": "a reminder to 10,000 people under Slack's limits, time scaled",
    "start": "start to first ack, memory",
}


def main() -> None:
    """Run what was chosen, all by default."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=_described())
    parser.add_argument("subjects", nargs="*", choices=[*SUBJECTS, []], help="default: all")
    parser.add_argument("--seconds", type=float, default=1.0, help="length of one stretch of load")
    parser.add_argument("--json", type=Path, help="write the figures to this file, too")
    chosen = parser.parse_args()
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    print(machine)
    figures: list[Figure] = []
    for subject in chosen.subjects or SUBJECTS:
        begun = time.perf_counter()
        figures += importlib.import_module(f"tests.bench.{subject}").measure(chosen.seconds)
        print(f"{subject}: {time.perf_counter() - begun:.0f} s", file=sys.stderr, flush=True)
    print(table(figures))
    if chosen.json:
        told = {"machine": machine, "seconds": chosen.seconds, "figures": [figure.plain() for figure in figures]}
        chosen.json.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def _described() -> str:
    return "; ".join(f"{name}: {text}" for name, text in SUBJECTS.items())


if __name__ == "__main__":
    main()
