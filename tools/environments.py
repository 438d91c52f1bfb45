"""Makes the Python environments of a checkout: the engine's, and the one for tests on QGIS's Python.

A stamp in each environment names what it was made from; while it fits, nothing is run.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOG = VENV / "setup.log"
PLUGINS = VENV / "plugins"
REQUIREMENTS = ROOT / "resources" / "requirements"
ENGINE_FILES = ("engine.txt", "pins.txt", "torch-index.txt")
TEST_REQUIREMENTS = ROOT / "tests" / "requirements-engine-test.txt"
LINT_REQUIREMENTS = ROOT / "tests" / "requirements-lint.txt"
HOST_REQUIREMENTS = ROOT / "tests" / "requirements-host.txt"
CHECK_REQUIREMENTS = ROOT / "tests" / "requirements-checks.txt"

OWN_REQUIREMENTS = (TEST_REQUIREMENTS, LINT_REQUIREMENTS)

ENGINE_PYTHON = (3, 11)
ENGINE_MODULES = ("torch", "numpy", "rasterio", "shapely", "pyogrio", "cv2", "safetensors", "PIL")
DISK_NEED_GB = {"cpu": 2, "mps": 2, "cuda": 8}


class SetupError(Exception):
    """Something is missing that the set-up cannot bring; the message is a sentence for people."""


def link_package():
    """Make `.venv/plugins/uhr_landcover`, a link to the repository under its import name; return its folder."""
    link = PLUGINS / "uhr_landcover"
    PLUGINS.mkdir(parents=True, exist_ok=True)
    if not link.exists():
        link.unlink(missing_ok=True)
        link.symlink_to(Path("..", ".."), target_is_directory=True)
    return PLUGINS


def engine_python(extra_modules=()):
    """Return the engine's interpreter, making its environment where it is missing or out of date.

    UHR_ENGINE_PYTHON names an interpreter that exists already; it is checked and left as it is.

    Args:
        extra_modules: What such an interpreter must hold besides the engine's packages, to run tests for example.

    Raises:
        SetupError: If the named interpreter lacks packages, no Python is new enough, or pip fails.
    """
    link_package()
    python = _own_engine()
    named = os.environ.get("UHR_ENGINE_PYTHON")
    if named and Path(named).absolute() != python:
        return checked_interpreter(Path(named), (*ENGINE_MODULES, *extra_modules))
    build = _torch_build()
    stamp = stamp_of(*(REQUIREMENTS / name for name in (*ENGINE_FILES, build.requirements)), *OWN_REQUIREMENTS)
    if not _is_current(python, stamp):
        _make_engine(python, build)
        _stamp_path(python).write_text(stamp)
    return python


def engine_variables(python):
    """Return the environment variables with which `python` finds the package."""
    # Ours has it installed; an interpreter of the user's is left as it is.
    return {} if python == _own_engine() else {"PYTHONPATH": str(PLUGINS)}


def host_python():
    """Return the interpreter for tests in QGIS: QGIS's own Python with pytest added.

    Raises:
        SetupError: If pip fails, or brought a numpy or GDAL that would shadow the system's.
    """
    link_package()
    python = VENV / "host" / "bin" / "python"
    stamp = stamp_of(HOST_REQUIREMENTS)
    if not _is_current(python, stamp):
        _say("Making the test environment on QGIS's Python")
        _make_venv(python, Path(sys.executable), "--system-site-packages")
        _pip(python, "-r", HOST_REQUIREMENTS)
        _refuse_shadowing(python)
        _stamp_path(python).write_text(stamp)
    return python


def checks_python():
    """Return the interpreter that has the package's scanners and Qt 6; neither QGIS nor the engine is in it.

    Raises:
        SetupError: If no Python is new enough, or pip fails.
    """
    python = VENV / "checks" / "bin" / "python"
    stamp = stamp_of(CHECK_REQUIREMENTS)
    if not _is_current(python, stamp):
        _say("Making the environment of the package's checks")
        _make_venv(python, _new_enough_python())
        _pip(python, "-r", CHECK_REQUIREMENTS)
        _stamp_path(python).write_text(stamp)
    return python


def _own_engine():
    return VENV / "engine" / "bin" / "python"


def _make_engine(python, build):
    _say(f"Making the engine's environment (torch for {build.kind}). {build.reason}")
    free = shutil.disk_usage(VENV).free / 1e9
    if free < DISK_NEED_GB[build.kind] and not python.exists():
        need = DISK_NEED_GB[build.kind]
        raise SetupError(f"{VENV} has {free:.1f} GB free; the engine needs about {need} GB. Free some space.")
    _make_venv(python, _new_enough_python())
    # torch comes first, so that no other package can ask for a build of its own choice.
    install_torch(python, build)
    pins = ("-c", REQUIREMENTS / "pins.txt")
    _pip(
        python, *pins, "-r", REQUIREMENTS / "engine.txt", *(part for file in OWN_REQUIREMENTS for part in ("-r", file))
    )
    if not _package_is_here(python):
        _pip(python, "--no-deps", "-e", ROOT)


def install_torch(python, build):
    """Install the pinned torch build, from pip's own sources or else from the set index."""
    wanted = ("-r", REQUIREMENTS / build.requirements)
    try:
        # The +cpu pin never resolves to a CUDA build: where no source has it, pip says so at once.
        _pip(python, *wanted, quiet=True)
    except SetupError:
        index = torch_index()
        if not index:
            raise SetupError(_no_torch_sentence(build)) from None
        try:
            _pip(python, "--extra-index-url", index, *wanted, quiet=True)
        except SetupError:
            raise SetupError(_no_torch_sentence(build, index)) from None


def _no_torch_sentence(build, index=""):
    pin = (REQUIREMENTS / build.requirements).read_text().strip()
    found = f"Neither a package source of pip nor {index} offers {pin}" if index else f"No source of pip offers {pin}"
    return (
        f"{found} (log: {LOG}). Check the network, or set UHR_TORCH_INDEX to another CPU wheel index "
        f"(the default is the last line of {REQUIREMENTS.relative_to(ROOT) / 'torch-index.txt'}); "
        "or set UHR_TORCH=cuda to take the general build with its CUDA libraries (about 5 GB on disk)."
    )


def torch_index():
    """Return the address of the fall-back source of torch's wheels; empty if none is set."""
    from uhr_landcover.ui.setup import torch_build

    return torch_build.torch_index(str(REQUIREMENTS), os.environ)


def _torch_build():
    """Return the torch build that UHR_TORCH asks for (auto, cpu or cuda); auto asks the driver."""
    from uhr_landcover.ui.setup.torch_build import TorchBuild, choose_torch_build

    asked = os.environ.get("UHR_TORCH", "auto")
    if asked == "auto":
        return choose_torch_build()
    if asked not in ("cpu", "cuda"):
        raise SetupError(f"UHR_TORCH is {asked!r}; expected auto, cpu or cuda.")
    requirements = f"torch-{asked}.txt" if sys.platform == "linux" else "torch-plain.txt"
    return TorchBuild(asked, requirements, f"UHR_TORCH asks for {asked}.")


def _new_enough_python():
    candidates = [sys.executable, *(f"python3.{minor}" for minor in range(14, 10, -1)), "python3"]
    for name in candidates:
        path = shutil.which(name)
        if path and _answers(path, "import sys, venv, ensurepip; assert sys.version_info >= (3, 11)"):
            return Path(path)
    need = ".".join(map(str, ENGINE_PYTHON))
    raise SetupError(
        f"No Python {need} or newer with its venv module was found. Install one (Debian, Ubuntu: python3-venv), "
        "or set UHR_ENGINE_PYTHON to an interpreter that has the engine's packages."
    )


def checked_interpreter(python, modules=ENGINE_MODULES):
    """Accept an interpreter of the user's if it is new enough and has every package."""
    script = (
        "import importlib.util as u, json, sys; "
        "print(json.dumps([list(sys.version_info[:2]), [m for m in sys.argv[1:] if u.find_spec(m) is None]]))"
    )
    try:
        done = subprocess.run([str(python), "-c", script, *modules], capture_output=True, text=True, check=True)
        version, missing = json.loads(done.stdout)
    except (OSError, subprocess.CalledProcessError, ValueError) as error:
        raise SetupError(f"UHR_ENGINE_PYTHON is {python}, which does not run as a Python: {error}.") from error
    if tuple(version) < ENGINE_PYTHON:
        raise SetupError(f"{python} is Python {version[0]}.{version[1]}; the engine needs 3.11 or newer.")
    if missing:
        raise SetupError(
            f"{python} lacks {', '.join(missing)}; install them into it (the versions are in resources/requirements "
            "and tests/requirements-engine-test.txt), or unset UHR_ENGINE_PYTHON."
        )
    return python.absolute()


def _make_venv(python, base, *options):
    if _answers(python, "import pip"):
        return
    # A half-made environment, or one whose Python went away, is made anew.
    shutil.rmtree(python.parent.parent, ignore_errors=True)
    logged([base, "-m", "venv", *options, python.parent.parent])


def _pip(python, *arguments, quiet=False):
    command = [python, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", *arguments]
    logged(command, quiet=quiet)


def logged(command, quiet=False):
    """Run a command with its output in the log.

    Raises:
        SetupError: If it fails, with the end of its output unless `quiet`.
    """
    LOG.parent.mkdir(exist_ok=True)
    command = [str(part) for part in command]
    with LOG.open("a", encoding="utf-8", errors="replace") as log:
        log.write(f"\n$ {' '.join(command)}\n")
        log.flush()
        start = log.tell()
        status = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False).returncode
    if status:
        tail = "" if quiet else "".join(_since(start)[-15:])
        raise SetupError(f"{tail}'{' '.join(command[1:4])} …' failed; the whole log is {LOG}.")


def _since(position):
    with LOG.open(encoding="utf-8", errors="replace") as log:
        log.seek(position)
        return log.readlines()


def _refuse_shadowing(python):
    done = subprocess.run(
        [str(python), "-m", "pip", "list", "--local", "--format", "json", "--disable-pip-version-check"],
        capture_output=True,
        text=True,
        check=True,
    )
    names = {package["name"].lower() for package in json.loads(done.stdout)}
    foreign = sorted(names & {"numpy", "gdal"})
    if foreign:
        raise SetupError(f"{python.parent.parent} holds {foreign}, which must stay the system's. Delete that folder.")


def _package_is_here(python):
    # Asked from elsewhere, so that the current folder cannot answer in the package's place.
    script = "import importlib.metadata as m, uhr_landcover; m.version('uhr-landcover'); print(uhr_landcover.__file__)"
    done = subprocess.run([str(python), "-c", script], cwd="/", capture_output=True, text=True, check=False)
    return done.returncode == 0 and Path(done.stdout.strip()).parent == ROOT


def _is_current(python, stamp):
    path = _stamp_path(python)
    return path.is_file() and path.read_text() == stamp and _answers(python, "pass")


def _stamp_path(python):
    return python.parent.parent / "uhr-stamp"


def stamp_of(*files):
    """Return a digest of everything an environment is made from."""
    # The checkout's path belongs to it: an environment that was moved or copied does not work.
    parts = [str(ROOT), sys.version, *(f"{path.name}\n{path.read_text()}" for path in files)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _answers(python, script):
    try:
        return subprocess.run([str(python), "-c", script], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _say(sentence):
    print(sentence, flush=True)
