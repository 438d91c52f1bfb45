"""The steps behind ./dev, run on QGIS's Python: standard library only, Python 3.9 syntax."""

import argparse
import os
import subprocess
import sys
import time

import demo
import environments
import suites


def main():
    """Do what the command line says; return the exit status."""
    args = _parse()
    started = time.monotonic()
    sys.path.insert(0, str(environments.link_package()))
    try:
        return COMMANDS[args.command](args, started)
    except environments.SetupError as error:
        print(error, file=sys.stderr)
        return 2


def set_up(args, started):
    """Make the environments."""
    engine = _engine()
    if not args.no_qgis:
        environments.host_python()
    print(f"Ready in {time.monotonic() - started:.0f} s; the engine's Python is {engine}")
    return 0


def run_demo(args, _started):
    """Classify a raster and say where the results lie."""
    return demo.run(_engine(), args.raster)


def run_tests(args, _started):
    """Run every suite and sum up."""
    host = None if args.no_qgis else environments.host_python()
    return suites.run(_engine(TEST_MODULES), host, slow=args.slow)


def lint(args, _started):
    """Check style and format."""
    ruff = [str(_engine(["ruff"])), "-m", "ruff"]
    checks = [subprocess.call([*ruff, *step], cwd=environments.ROOT) for step in (["check"], ["format", "--check"])]
    return max(checks)


TEST_MODULES = ("pytest", "pytest_timeout", "hypothesis")
COMMANDS = {"setup": set_up, "demo": run_demo, "test": run_tests, "lint": lint}


def _engine(extra_modules=()):
    python = environments.engine_python(extra_modules)
    os.environ["UHR_ENGINE_PYTHON"] = str(python)
    return python


def _parse():
    parser = argparse.ArgumentParser(prog="./dev")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, function in COMMANDS.items():
        sub = commands.add_parser(name, help=function.__doc__)
        sub.add_argument("--no-qgis", action="store_true", help="leave QGIS out")
        if name == "demo":
            sub.add_argument("raster", nargs="?", help="raster to classify; without it a scene is generated")
        if name == "test":
            sub.add_argument("--slow", action="store_true", help="also run the tests that take minutes")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
