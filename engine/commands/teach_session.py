"""`teach-session RASTER`: answer the requests of a panel about one raster, line by line (docs/teach-session.md)."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from ..contract.events import Note, Progress, Stage
from ..system.run_context import RunContext
from .band_arguments import band_list, band_numbers

READS_STDIN = True
"""Standard input holds requests: no other part may read it."""

KEPT_MB = 2000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("raster", help="image to teach on")
    parser.add_argument(
        "--encoder", default="", metavar="NAME|FILE", help="encoder to look with (default: the one that ships)"
    )
    parser.add_argument(
        "--bands", type=band_list, default=(), metavar="R,G,B,…",
        help="red, green, blue and any further bands: numbers from 1, names such as nir, or all",
    )  # fmt: skip
    parser.add_argument("--kept", default="", metavar="DIR", help="folder of kept features (default: the user's cache)")
    parser.add_argument(
        "--kept-mb", type=int, default=KEPT_MB, metavar="N", help=f"megabytes that may be kept (default: {KEPT_MB})"
    )


def execute(args: argparse.Namespace, context: RunContext) -> dict[str, Any]:
    """Answer requests until standard input ends."""
    from ..raster.raster_info import gdal_session
    from ..teach.features.feature_store import FeatureStore
    from ..teach.lesson import open_source
    from ..teach.session.session_loop import RequestQueue, serve
    from ..teach.session.session_source import change_check, kept_features
    from ..teach.session.teach_session import TeachSession
    from ..teach.teach import CACHE_BYTES

    raster = os.path.abspath(args.raster) if os.path.exists(args.raster) else args.raster
    queue = RequestQueue()
    with (
        gdal_session(CACHE_BYTES),
        tempfile.TemporaryDirectory(prefix="uhr-teach-", ignore_cleanup_errors=True) as folder,
    ):
        source = open_source(raster, args.encoder, band_numbers(args.bands, raster))
        kept, check = kept_features(source, args.kept, args.kept_mb), change_check(source.info)
        with FeatureStore(source, kept) as store:
            session = _Answers(
                TeachSession(store, Path(folder)), store, queue, context.emit, context.should_stop, check
            )
            threading.Thread(target=queue.fill, args=(sys.stdin, context.emit), daemon=True, name="requests").start()
            serve(queue, session.answer, context.emit, context.should_stop)
    return {}


class _Answers:
    """Answers with progress, given up when a newer request of the kind waits or the session ends."""

    def __init__(self, session: Any, store: Any, queue: Any, emit: Any, should_stop: Any, check: Any) -> None:
        self._session, self._store, self._check, self._emit = session, store, check, emit
        self._kind, self._told = "", False
        store.on_tile = self._tell
        store.should_stop = lambda: queue.is_closed or should_stop() or queue.has_newer(self._kind)

    def answer(self, request: Any) -> dict[str, Any]:
        from ..contract.teach import kind_of

        self._check()
        self._kind, self._store.computed = kind_of(request), 0
        data = self._session.answer(request)
        kept = self._store.kept
        if kept and kept.problem and not self._told:
            self._told = True
            self._emit(Note("warning", kept.problem))
        return data

    def _tell(self) -> None:
        self._emit(Progress(Stage.PREPARE, self._store.computed, 0, "tiles"))
