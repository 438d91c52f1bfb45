"""Starts the engine from a plugin folder: `python -I engine/bootstrap.py COMMAND …`.

The interpreter may know another version of the package, or none, and the folder may have any name.
So the package is registered from the folder that holds this file. Nothing is put before the
interpreter's own packages: the folder's parent, where other plugins live, comes last on sys.path
(a spawned worker process needs it there to find the package).
"""

from __future__ import annotations

import importlib.util
import os
import runpy
import sys

PACKAGE = "uhr_landcover"


def register_package(folder: str) -> None:
    """Make the package importable from its folder, whatever the folder is called."""
    start = os.path.join(folder, "__init__.py")
    spec = importlib.util.spec_from_file_location(PACKAGE, start, submodule_search_locations=[folder])
    if spec is None or spec.loader is None:
        raise ImportError(f"There is no package in {folder!r}; expected {start!r}. Install the plugin again.")
    package = importlib.util.module_from_spec(spec)
    sys.modules[PACKAGE] = package
    spec.loader.exec_module(package)
    sys.path.append(os.path.dirname(folder))


if __name__ == "__main__":
    # abspath, not realpath: a linked development folder keeps the name under which QGIS knows it.
    register_package(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    runpy.run_module(f"{PACKAGE}.engine", run_name="__main__", alter_sys=True)
