"""The engine's command line, and the process that QGIS starts.

Exit status: 0 done, 1 failed with an error event, 2 wrong usage, 3 cancelled.
"""

from __future__ import annotations

import argparse
import atexit
import importlib
import os
import sys
import traceback

from .contract import events
from .system.console import JsonConsole, TerminalConsole, claim_stdout
from .system.network import secure_gdal
from .system.process_settings import configure_process
from .system.stopping import StopRequest

COMMANDS = {
    "segment": "classify a raster",
    "run": "do what a job file says",
    "jobs": "list interrupted runs, delete one or go on with it",
    "plan": "say what a run would need, without running",
    "check": "show devices and versions, and test the engine",
    "correct": "give parts of a finished map another class",
    "vectorize": "make polygons from a class raster",
    "assess": "say how right a map is, and how large its classes are, with intervals",
    "change": "say what became what between two maps, and make a map of it",
    "areas": "measure the area of each class of a class raster",
    "stack": "make one raster of the bands of a Sentinel-2 scene",
    "legend": "list legends, show one, or make one of a style or a table",
    "side-tables": "write the tables that ArcGIS reads beside a class raster",
    "picture": "draw a class raster with its legend as a PNG",
    "scene": "generate a landscape with known classes",
    "prepare": "cut images and masks into training chips",
    "train": "train a network",
    "teach": "make a model from a few examples drawn on a raster",
    "teach-session": "answer a panel's requests about a raster that is being taught",
    "fine-tune": "go on training a checkpoint on your own images",
    "evaluate": "measure a checkpoint against masks",
    "bench": "time a network as the papers do",
    "describe": "say what a network takes and gives, or what it does not say itself",
    "import-checkpoint": "convert a public checkpoint into ours",
    "export-checkpoint": "convert one of our checkpoints into the public layout",
}
"""Sub-command → help; each is a module of `commands` that is imported when it is asked for, and
holds `add_arguments(parser)` and `execute(args, context) -> dict` (the data of the Result). A module with
`ENDS_HARD` allows that its process is ended anywhere when a stop was asked for and does not come soon; one with
`READS_STDIN` takes the cancel line itself."""


def main(argv: list[str] | None = None) -> int:
    """Run one sub-command; return the exit status."""
    argv = sys.argv[1:] if argv is None else argv
    configure_process()
    secure_gdal()
    command = next((a for a in argv if not a.startswith("-")), None)
    parser, module = _parser(command)
    args = parser.parse_args(argv)
    _write_home_in_full(args)

    as_json = args.json or not sys.stdout.isatty()
    stream = claim_stdout()
    console = JsonConsole(stream) if as_json else TerminalConsole(stream)
    should_stop = StopRequest()
    should_stop.catch_signals()
    if args.listen and not getattr(module, "READS_STDIN", False):
        should_stop.listen(sys.stdin)
    if as_json:
        console.emit(events.Hello(events.PROTOCOL, _version(), os.getpid()))
    ending = _Ending(console, should_stop)
    if getattr(module, "ENDS_HARD", False):
        should_stop.end_after_grace(ending.now)
    return _run(module, args, console, ending)


def _write_home_in_full(args: argparse.Namespace) -> None:
    """Replace "~/" at the beginning of arguments, which shells leave alone behind "=" and quotes."""
    for name, value in vars(args).items():
        if str(value).startswith(("~/", "~" + os.sep)) and isinstance(value, (str, os.PathLike)):
            setattr(args, name, type(value)(os.path.expanduser(value)))


class _Ending:
    """The last word of a process: said once, by the work itself or by the one who ends it."""

    def __init__(self, console: JsonConsole | TerminalConsole, stop: StopRequest) -> None:
        self._console, self.stop = console, stop
        self._status: int | None = None

    def say(self, event: events.Event, status: int) -> int:
        """Say how the work ended; return the exit status."""
        with self.stop.shielded():
            self._console.emit(event)
            self._status = status
        if status == 3:
            # Taking the libraries down takes seconds, in which no other thread gets to work; nobody wants to wait.
            atexit.register(os._exit, status)
        return status

    def now(self) -> None:
        """End the process, in whatever it is; called under the shield."""
        from .system.errors import Cancelled

        if self._status is None:
            error = Cancelled("Finished tiles are kept: the same run goes on from there.")
            self._console.emit(events.Failure(error.code, str(error)))
        os._exit(3 if self._status is None else self._status)


def _run(module: object, args: argparse.Namespace, console: JsonConsole | TerminalConsole, ending: _Ending) -> int:
    from .system.errors import Cancelled, as_expected, code_of
    from .system.run_context import RunContext

    try:
        data = module.execute(args, RunContext(console.emit, ending.stop))
    except Cancelled as error:
        return ending.say(events.Failure(error.code, str(error)), 3)
    except Exception as caught:
        told = as_expected(caught)
        code = code_of(told)
        if code is not events.ErrorCode.INTERNAL:
            # What is expected needs no way back through the code; what several rasters hid is in the notes.
            return ending.say(events.Failure(code, str(told), "\n".join(getattr(told, "__notes__", ()))), 1)
        return ending.say(events.Failure(code, f"Unexpected error: {told!r}", traceback.format_exc()), 1)
    return ending.say(events.Result(data or {}), 0)


def _parser(command: str | None) -> tuple[argparse.ArgumentParser, object]:
    parser = argparse.ArgumentParser(
        prog="python -m uhr_landcover.engine", description="Land cover from large rasters."
    )
    parser.add_argument("--json", action="store_true", help="write JSON lines even on a terminal")
    parser.add_argument("--listen", action="store_true", help="take the cancel line from standard input")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    module = None
    for name, text in COMMANDS.items():
        sub = commands.add_parser(name, help=text, description=text.capitalize() + ".")
        if name == command:
            module = importlib.import_module(f".commands.{name.replace('-', '_')}", __package__)
            module.add_arguments(sub)
    return parser, module


def _version() -> str:
    from .system.version import package_version

    return package_version()


if __name__ == "__main__":
    sys.exit(main())
