"""Builds the plugin's zip from a commit: one folder, in the same bytes each time."""

import configparser
import io
import subprocess
import tarfile
import zipfile
from datetime import datetime, timezone

import environments

NAME = "uhr_landcover"
DIST = environments.ROOT / "dist"
FILE_MODE = 0o100644


def build(folder=DIST, revision="HEAD"):
    """Write the zip of a revision, without what .gitattributes leaves out; return its path.

    Only committed files get in: what is published is what the repository shows.

    Raises:
        SetupError: If this is no git repository, or git refuses.
    """
    entries = sorted(_files(_git("archive", "--format=tar", revision)), key=lambda entry: entry[0])
    seconds = int(_git("log", "-1", "--format=%ct", revision))
    version = _version(dict(entries)["metadata.txt"])
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{NAME}-{version}.zip"
    part = path.with_suffix(".part")
    with zipfile.ZipFile(part, "w") as archive:
        for name, data in entries:
            archive.writestr(_entry(name, seconds), data, zipfile.ZIP_DEFLATED, 9)
    part.replace(path)
    return path


def uncommitted():
    """Return the names of files that are changed or new and not committed: the zip does not have them so."""
    lines = _git("status", "--porcelain", "--untracked-files=normal").decode("utf-8", "replace").splitlines()
    return [line[3:] for line in lines]


def _entry(name, seconds):
    # Date, mode and system are set, so that neither the clock nor the umask of the machine shows.
    moment = datetime.fromtimestamp(seconds, timezone.utc)
    info = zipfile.ZipInfo(f"{NAME}/{name}", moment.timetuple()[:6])
    info.create_system = 3
    info.external_attr = FILE_MODE << 16
    return info


def _files(tar):
    with tarfile.open(fileobj=io.BytesIO(tar)) as archive:
        for member in archive:
            if member.isfile():
                yield member.name, archive.extractfile(member).read()
            elif not member.isdir():
                raise environments.SetupError(f"{member.name} is no file and no folder; a package holds no links.")


def _version(metadata):
    parser = configparser.ConfigParser()
    parser.read_string(metadata.decode("utf-8"))
    return parser["general"]["version"]


def _git(*arguments):
    try:
        return subprocess.run(["git", *arguments], cwd=environments.ROOT, capture_output=True, check=True).stdout
    except FileNotFoundError:
        raise environments.SetupError("git is not installed; the package is built from a commit.") from None
    except subprocess.CalledProcessError as error:
        raise environments.SetupError(f"git: {error.stderr.decode('utf-8', 'replace').strip()}") from None
