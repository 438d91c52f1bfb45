"""Checks the plugin's zip by the rules of QGIS's plugin site; a finding is a sentence, and none is a pass."""

import configparser
import json
import re
import subprocess
import tempfile
import urllib.error
import urllib.request
import zipfile
from pathlib import Path, PurePosixPath

import environments

LIMIT_BYTES = 25_000_000
REQUIRED_FILES = ("__init__.py", "metadata.txt", "LICENSE", "plugin.py", "README.md")
REQUIRED_KEYS = (
    "name", "description", "version", "qgisMinimumVersion", "qgisMaximumVersion", "author", "email", "about",
    "tracker", "repository", "homepage", "license", "icon", "changelog", "tags", "category", "hasProcessingProvider",
)  # fmt: skip
ADDRESS_KEYS = ("tracker", "repository", "homepage")
PLACEHOLDER = re.compile(r"\bexample\.(org|com|net)\b")
ALLOWED = {
    ".py", ".txt", ".md", ".json", ".qml", ".svg", ".png", ".jpg", ".toml", ".tif", ".safetensors", ".ts", ".qm", "",
}  # fmt: skip
LEFT_OUT = {"tests", "benchmarks", "tools", "out", "dist", "build", "__pycache__", "__MACOSX"}
LEFT_OUT_AT_TOP = {"runs"}  # of trainings; ui has a folder of that name
FLAKE8_IDS = "E9,F63,F7,F82,F831"
NOSEC = re.compile(r"#\s*nosec\b(?!\s+B\d{3}(,\s*B\d{3})*\s+-\s+\S)", re.IGNORECASE)
HEAD_TIMEOUT_S = 10
SCAN_TIMEOUT_S = 600


def content_findings(path):
    """Check names, sizes, folders and modes."""
    findings = []
    if path.stat().st_size >= LIMIT_BYTES:
        findings.append(f"{path.name} has {path.stat().st_size / 1e6:.1f} MB; the limit is {LIMIT_BYTES / 1e6:.0f} MB.")
    with zipfile.ZipFile(path) as archive:
        infos = archive.infolist()
        texts = {i.filename: archive.read(i) for i in infos if i.filename.endswith((".py", "metadata.txt"))}
    names = [info.filename for info in infos]
    tops = {PurePosixPath(name).parts[0] for name in names}
    if len(tops) != 1 or not all(top.isidentifier() for top in tops):
        findings.append(f"The zip must hold one folder with a Python name; found {sorted(tops)}.")
    inside = {PurePosixPath(*PurePosixPath(name).parts[1:]) for name in names}
    findings += [f"{name} is missing." for name in REQUIRED_FILES if PurePosixPath(name) not in inside]
    if len(set(names)) != len(names):
        findings.append("A name is in the zip twice.")
    for info in infos:
        findings += _entry_findings(info)
    for name, data in texts.items():
        for number, line in enumerate(data.decode("utf-8").splitlines(), 1):
            if NOSEC.search(line):
                findings.append(f"{name}:{number}: a 'nosec' must name its rule and a reason ('# nosec B404 - why').")
    return findings


def _entry_findings(info):
    name, path = info.filename, PurePosixPath(info.filename)
    inside = path.parts[1:]
    if ".." in path.parts or path.is_absolute() or "\\" in name or ":" in name:
        yield f"{name} leads out of its folder."
    if any(part.startswith(".") for part in inside):
        yield f"{name} is hidden."
    if set(inside) & LEFT_OUT or set(inside[:1]) & LEFT_OUT_AT_TOP:
        yield f"{name} does not belong into the package."
    if path.suffix not in ALLOWED or (not path.suffix and path.name != "LICENSE"):
        yield f"{name} is of a kind that is not expected in the package."
    if (info.external_attr >> 16) & 0o111:
        yield f"{name} is executable."


def metadata_findings(path, release=False):
    """Check metadata.txt; for a release also that no placeholder stands and that the addresses answer."""
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        top = archive.namelist()[0].split("/")[0]
        text = archive.read(f"{top}/metadata.txt").decode("utf-8")
        changes = archive.read(f"{top}/CHANGELOG.md").decode("utf-8") if f"{top}/CHANGELOG.md" in names else ""
    parser = configparser.ConfigParser()
    try:
        parser.read_string(text)
        general = dict(parser["general"])  # reads every value: a lone % is found here
    except (configparser.Error, KeyError) as error:
        return [f"metadata.txt cannot be read: {error}"]
    findings = [f"metadata.txt: {key} is missing." for key in REQUIRED_KEYS if not general.get(key.lower(), "").strip()]
    if findings:
        return findings
    findings += _value_findings(general)
    if f"{top}/{general['icon']}" not in names:
        findings.append(f"metadata.txt: the icon {general['icon']} is not in the package.")
    newest = re.search(r"^## (\S+)", changes, re.MULTILINE)
    if newest is None or newest[1] != general["version"]:
        findings.append(f"CHANGELOG.md begins with {newest and newest[1]}; metadata.txt has {general['version']}.")
    return findings + (_release_findings(general) if release else [])


def _value_findings(general):
    if not re.fullmatch(r"\d+\.\d+\.\d+", general["version"]):
        yield f"metadata.txt: version is {general['version']}; expected three numbers."
    if "/" in general["author"]:
        yield "metadata.txt: author holds a slash."
    if not general["changelog"].startswith(general["version"]):
        yield "metadata.txt: changelog does not begin with the version."
    if "supportsqt6" in general:
        yield "metadata.txt: supportsQt6 is no longer used; qgisMaximumVersion says it."
    if "dependencies" not in general["about"].lower():
        yield "metadata.txt: about does not state the external dependencies."
    if not general["description"].isascii():
        yield "metadata.txt: description is not plain English."
    for key in ADDRESS_KEYS:
        if not re.fullmatch(r"https://[\w.-]+\.\w+(/\S*)?", general[key]):
            yield f"metadata.txt: {key} is no https address."


def _release_findings(general):
    placeholders = [key for key in (*ADDRESS_KEYS, "email") if PLACEHOLDER.search(general[key])]
    if placeholders:
        found = ", ".join(f"{key}={general[key]}" for key in placeholders)
        return [f"metadata.txt holds placeholder addresses: {found}. Put the real ones in before a release."]
    return [sentence for sentence in (_silent(general[key]) for key in ADDRESS_KEYS) if sentence]


def _silent(address):
    try:
        with urllib.request.urlopen(urllib.request.Request(address, method="HEAD"), timeout=HEAD_TIMEOUT_S):
            return ""
    except (OSError, urllib.error.URLError) as error:
        return f"{address} does not answer: {error}."


def scan_findings(path, python):
    """Run the scanners of the plugin site on the unpacked zip: every rule, no configuration.

    Args:
        path: The zip.
        python: Interpreter that has the scanners.
    """
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(path) as archive:
            archive.extractall(folder)
        top = next(p for p in Path(folder).iterdir())
        return [*_bandit(python, top), *_secrets(python, top), *_flake8(python, top)]


def _bandit(python, top):
    report = json.loads(_output([python, "-m", "bandit", "-q", "-r", ".", "-f", "json"], top, (0, 1)))
    for error in report["errors"]:
        yield f"bandit could not read {error['filename']}: {error['reason']}"
    if not report["metrics"]["_totals"]["loc"]:
        yield "bandit looked at no code."
    for r in report["results"]:
        yield f"bandit {r['test_id']} {r['filename']}:{r['line_number']}: {r['issue_text']}"


def _secrets(python, top):
    report = json.loads(_output([python, "-m", "detect_secrets", "scan", "--all-files", "."], top, (0,)))
    for name, found in report["results"].items():
        for secret in found:
            yield f"detect-secrets {name}:{secret['line_number']}: {secret['type']}"


def _flake8(python, top):
    command = [python, "-m", "flake8", "--isolated", "--select", FLAKE8_IDS, "."]
    yield from (f"flake8 {line}" for line in _output(command, top, (0, 1)).splitlines())


def _output(command, folder, accepted):
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=SCAN_TIMEOUT_S,
        check=False,
    )
    if done.returncode not in accepted:
        raise environments.SetupError(f"'{' '.join(map(str, command[1:4]))} …' failed: {done.stderr.strip()[-2000:]}")
    return done.stdout
