"""The plugin's zip: what gets in, and that each rule of the plugin site has a package that breaks it."""

import configparser
import hashlib
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ROOT / "tools"


def _is_repository():
    if shutil.which("git") is None:
        return False
    return subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, check=False).returncode == 0


pytestmark = pytest.mark.skipif(not _is_repository(), reason="no git repository: the package is built from a commit")


@pytest.fixture
def package(monkeypatch):
    monkeypatch.syspath_prepend(str(TOOLS))
    import package

    return package


@pytest.fixture
def check(monkeypatch):
    monkeypatch.syspath_prepend(str(TOOLS))
    import package_check

    return package_check


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(TOOLS))
        import package

        return package.build(tmp_path_factory.mktemp("built"))


@pytest.fixture
def altered(built, tmp_path):
    """Return a function that copies the zip, without its weights, with files added, replaced or (None) left out."""

    def alter(changes, mode=0o100644):
        path = tmp_path / "altered.zip"
        with zipfile.ZipFile(built) as old, zipfile.ZipFile(path, "w") as new:
            for info in old.infolist():
                if info.filename not in changes and not info.filename.endswith(".safetensors"):
                    new.writestr(info, old.read(info))
            for name, data in changes.items():
                if data is not None:
                    info = zipfile.ZipInfo(name)
                    info.external_attr = mode << 16
                    new.writestr(info, data)
        return path

    return alter


def _metadata(built, **values):
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str
    with zipfile.ZipFile(built) as archive:
        parser.read_string(archive.read("uhr_landcover/metadata.txt").decode("utf-8"))
    for key, value in values.items():
        if value is None:
            parser.remove_option("general", key)
        else:
            parser.set("general", key, value)
    lines = [f"{key}={value}".replace("\n", "\n    ") for key, value in parser["general"].items()]
    return {"uhr_landcover/metadata.txt": "\n".join(["[general]", *lines, ""])}


def test_the_package_of_this_commit_has_no_findings(built, check):
    assert check.content_findings(built) + check.metadata_findings(built) == []


def test_package_holds_the_plugin_and_nothing_for_developers(built):
    with zipfile.ZipFile(built) as archive:
        names = archive.namelist()

    assert {name.split("/")[0] for name in names} == {"uhr_landcover"}
    folders = {name.split("/")[1] for name in names if name.count("/") > 1}
    assert {"ui", "engine", "models", "resources"} <= folders
    assert folders & {"tests", "benchmarks", "tools", ".ci", ".git", "out", "runs"} == set()
    assert sum(name.endswith(".safetensors") for name in names) == 4


def test_package_has_the_same_bytes_each_time(package, tmp_path):
    digests = {hashlib.sha256(package.build(tmp_path / n, "HEAD").read_bytes()).hexdigest() for n in ("a", "b")}

    assert len(digests) == 1


def test_packaged_files_are_those_of_the_commit(built):
    wanted = subprocess.run(["git", "show", "HEAD:metadata.txt"], cwd=ROOT, capture_output=True, check=True).stdout

    with zipfile.ZipFile(built) as archive:
        assert archive.read("uhr_landcover/metadata.txt") == wanted


@pytest.mark.parametrize(
    ("name", "finding"),
    [
        ("uhr_landcover/tests/test_a.py", "does not belong"),
        ("uhr_landcover/.bandit", "is hidden"),
        ("uhr_landcover/../outside.py", "leads out"),
        ("uhr_landcover/lib.so", "of a kind"),
        ("uhr_landcover/weights.pth", "of a kind"),
        ("uhr_landcover/dev", "of a kind"),
        ("other/file.py", "one folder"),
    ],
)
def test_a_file_that_must_not_be_there_is_a_finding(altered, check, name, finding):
    assert any(finding in text for text in check.content_findings(altered({name: "x"})))


def test_an_executable_is_a_finding(altered, check):
    path = altered({"uhr_landcover/ui/tool.py": "x"}, mode=0o100755)

    assert check.content_findings(path) == ["uhr_landcover/ui/tool.py is executable."]


def test_a_missing_licence_is_a_finding(altered, check):
    assert check.content_findings(altered({"uhr_landcover/LICENSE": None})) == ["LICENSE is missing."]


def test_a_package_too_large_is_a_finding(altered, check, monkeypatch):
    monkeypatch.setattr(check, "LIMIT_BYTES", 100_000)

    assert any("the limit is 0 MB" in text for text in check.content_findings(altered({})))


@pytest.mark.parametrize("comment", ["# nosec", "# nosec B404", "#nosec: why"])
def test_an_exception_without_rule_and_reason_is_a_finding(altered, check, comment):
    path = altered({"uhr_landcover/ui/tool.py": f"import subprocess  {comment}\n"})

    assert any("must name its rule" in text for text in check.content_findings(path))


@pytest.mark.parametrize(
    ("values", "finding"),
    [
        ({"email": None}, "email is missing"),
        ({"version": "1.0"}, "expected three numbers"),
        ({"version": "9.9.9"}, "changelog does not begin"),
        ({"supportsQt6": "yes"}, "supportsQt6"),
        ({"about": "All you need."}, "dependencies"),
        ({"about": "Dependencies: 100 % of them"}, "cannot be read"),
        ({"icon": "resources/none.svg"}, "icon resources/none.svg"),
        ({"tracker": "http://example.org"}, "tracker is no https address"),
        ({"author": "A / B"}, "author holds a slash"),
    ],
)
def test_metadata_that_the_site_refuses_is_a_finding(built, altered, check, values, finding):
    path = altered(_metadata(built, **values))

    assert any(finding in text for text in check.metadata_findings(path))


def test_release_refuses_placeholder_addresses(built, altered, check):
    address = "https://example.org/landcover"
    path = altered(_metadata(built, tracker=address, repository=address, homepage=address, email="a@example.org"))

    assert check.metadata_findings(path) == []
    (finding,) = check.metadata_findings(path, release=True)
    assert "placeholder addresses: tracker=https://example.org/landcover" in finding


def test_release_refuses_addresses_that_do_not_answer(built, altered, check):
    address = "https://uhr-landcover.invalid/nothing"
    path = altered(_metadata(built, tracker=address, repository=address, homepage=address, email="a@uhr.invalid"))

    findings = check.metadata_findings(path, release=True)

    assert len(findings) == 3
    assert all("does not answer" in text for text in findings)
