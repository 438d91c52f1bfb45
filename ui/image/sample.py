"""A landscape to try the plugin with: an aerial photograph that ships, copied beside the results."""

import os
import shutil
import tempfile

from ..process.environment import PACKAGE_DIR

SOURCE = os.path.join(PACKAGE_DIR, "resources", "samples", "carolina_coast.tif")
FILE_NAME = "sample_landscape.tif"


def place_sample(folder: str) -> str:
    """Copy the photograph into a folder and return its path; one that is there already is used.

    QGIS writes statistics beside an image, so the file in the plugin's own folder is not opened.

    Raises:
        OSError: If the folder cannot be made or written.
    """
    path = os.path.join(folder, FILE_NAME)
    if os.path.isfile(path):
        return path
    os.makedirs(folder, exist_ok=True)
    handle, part = tempfile.mkstemp(prefix=".sample-", suffix=".part", dir=folder)
    try:
        with os.fdopen(handle, "wb") as target, open(SOURCE, "rb") as source:
            shutil.copyfileobj(source, target)
            target.flush()
            os.fsync(target.fileno())
        os.chmod(part, 0o644)
        os.replace(part, path)
    except BaseException:
        os.unlink(part)
        raise
    return path
