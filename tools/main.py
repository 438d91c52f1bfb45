"""The steps behind ./dev, run on QGIS's Python: standard library only, Python 3.9 syntax."""

import argparse
import os
import sys
import time

import demo
import environments
import lint
import package
import package_check
import suites
import translations


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
    """Run every suite, or the tests of a name, and sum up."""
    host = None if args.no_qgis else environments.host_python()
    return suites.run(_engine(TEST_MODULES), host, environments.checks_python(), slow=args.slow, name=args.name)


def check_code(args, _started):
    """Check style, format and types."""
    return lint.run(_engine(["ruff", "mypy"]), update=args.update)


def make_package(args, _started):
    """Build the plugin's zip and check it by the rules of QGIS's plugin site."""
    changed = package.uncommitted()
    path = package.build()
    findings = [*package_check.content_findings(path), *package_check.metadata_findings(path, args.release)]
    findings += package_check.scan_findings(path, environments.checks_python())
    if args.release and changed:
        findings.append(f"{len(changed)} files are not committed; a release is built from a clean tree.")
    for finding in findings:
        print(finding, file=sys.stderr)
    if changed and not args.release:
        print(f"Left out: {len(changed)} changed or new files that are not committed.")
    size = path.stat().st_size / 1e6
    print(f"{path.relative_to(environments.ROOT)}: {size:.1f} MB, {len(findings) or 'no'} findings")
    return 1 if findings else 0


def update_translations(_args, _started):
    """Bring the translation files up to the texts in the code, and say what is left to translate."""
    left = translations.update()
    for sentence in left:
        print(sentence, file=sys.stderr)
    print(
        f"{', '.join(translations.LANGUAGES)}: {len(translations.sources())} texts, {len(left) or 'nothing'} left to do"
    )
    return 1 if left else 0


TEST_MODULES = ("pytest", "pytest_timeout", "hypothesis")
COMMANDS = {
    "setup": set_up,
    "demo": run_demo,
    "test": run_tests,
    "lint": check_code,
    "package": make_package,
    "translations": update_translations,
}


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
        if name == "package":
            sub.add_argument("--release", action="store_true", help="also refuse placeholders and a changed tree")
        if name == "test":
            sub.add_argument("--slow", action="store_true", help="also run the tests that take minutes")
            sub.add_argument("name", nargs="?", default="", help="a folder or file of tests, or a test's name")
        if name == "lint":
            sub.add_argument("--update", action="store_true", help="take over counts of findings that fell")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
