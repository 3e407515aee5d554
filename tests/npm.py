"""Packages of npm that a test reads or runs; a machine without npm, or without a way to it, skips such a test."""

import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pytest

SECONDS = 150


@cache
def installed(package: str, version: str) -> Path:
    """The folder of a package, installed once per machine, without running any script of it."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not on this machine")
    root = Path(tempfile.gettempdir()) / f"bridgehead-npm-{package.replace('/', '-').lstrip('@')}-{version}"
    found = root / "node_modules" / package
    if not (found / "package.json").exists():
        # Two tests may want it at once: each installs beside the place, and the first one moves it there.
        beside = Path(tempfile.mkdtemp(prefix="bridgehead-npm-"))
        command = [npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--prefix", str(beside)]
        try:
            subprocess.run([*command, f"{package}@{version}"], check=True, capture_output=True, timeout=SECONDS)
        except (subprocess.SubprocessError, OSError):
            shutil.rmtree(beside, ignore_errors=True)
            pytest.skip(f"npm could not install {package}")
        try:
            beside.rename(root)
        except OSError:
            shutil.rmtree(beside, ignore_errors=True)
    return found
