"""Check every golden case in a folder: `python tests/golden/check.py DIR`.

A case is a pair NAME.json and NAME.npz; NAME begins with the network ("glnet", "isdnet"). Exit status 1 if a value is
outside its tolerance or the folder holds no case.
"""

import importlib
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def check_folder(folder):
    """Return rows (case, name, error, tolerance, ok) for all cases of a folder."""
    sys.path.insert(0, str(HERE))
    rows = []
    for case in sorted(Path(folder).glob("*.json")):
        method = case.stem.split("_")[0]
        if not case.with_suffix(".npz").is_file() or not (HERE / f"{method}_case.py").is_file():
            continue
        check = getattr(importlib.import_module(f"{method}_case"), f"check_{method}")
        rows += [(case.stem, *row) for row in check(case)]
    return rows


def main(folder):
    """Print a table of the folder's cases; return the exit status."""
    rows = check_folder(folder)
    for case, name, error, tolerance, ok in rows:
        print(f"{'ok  ' if ok else 'FAIL'} {case:<16} {name:<32} {error:.2e} (accepted {tolerance:.0e})")
    if not rows:
        print(f"No golden case (NAME.json with NAME.npz) in {folder}.")
    return 0 if rows and all(row[-1] for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else HERE))
