"""The version of the package, which stands in metadata.txt and nowhere else."""

from __future__ import annotations

import configparser
from pathlib import Path

METADATA = Path(__file__).resolve().parents[2] / "metadata.txt"


def package_version() -> str:
    """Return the version that metadata.txt names."""
    parser = configparser.ConfigParser()
    parser.read(METADATA, encoding="utf-8")
    return parser.get("general", "version", fallback="0.0.0")
