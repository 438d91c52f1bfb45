"""Sample that is labelled: its classes, its map and its files, without anything that tells the class at a point."""

import json
import os
import re
from dataclasses import dataclass
from typing import List, Tuple

from ...engine.contract.sample import DESIGN_END, PACKAGE_END
from ..base.i18n import tr

SETTLED = "_settled"
"""Between a sample's name and the ending: the file in which disagreements are settled."""


class SampleRefused(Exception):
    """A sample or a file of labels cannot be used; the message is a sentence for the user."""


@dataclass(frozen=True)
class SampleClass:
    """A class that a point can be.

    Attributes:
        name: Its name, which is the label.
        color: Red, green, blue.
    """

    name: str
    color: Tuple[int, int, int]


@dataclass(frozen=True)
class DrawnSample:
    """A sample without the classes and strata of its points.

    Attributes:
        design: File of the design.
        map_path: The map that it was drawn from.
        classes: The classes of the map's legend.
        support: What gets a label: "pixel", "block" or "circle".
        size: Pixels of a block's side, metres of a circle's radius.
        rule: Which class counts in a mixed support: "centre" or "majority".
    """

    design: str
    map_path: str
    classes: Tuple[SampleClass, ...]
    support: str
    size: float
    rule: str

    @property
    def stem(self) -> str:
        """Path of the sample's files without their endings."""
        return self.design[: -len(DESIGN_END)]

    def label_file(self, interpreter: str = "") -> str:
        """Return the file that an interpreter labels; without a name that of the sample itself."""
        part = re.sub(r"\W+", "_", interpreter.strip()).strip("_")
        return self.stem + (f"_{part}" if part else "") + PACKAGE_END

    @property
    def settled_file(self) -> str:
        """The file in which disagreements are settled."""
        return self.stem + SETTLED + PACKAGE_END

    def label_files(self) -> List[str]:
        """Return the files of all interpreters that there are, the sample's own first."""
        folder, name = os.path.split(self.stem)
        own, settled = self.label_file(), self.settled_file
        found = [
            os.path.join(folder, entry)
            for entry in sorted(os.listdir(folder or "."))
            if entry.startswith(f"{name}_") and entry.endswith(PACKAGE_END)
        ]
        return [path for path in (own, *found) if os.path.isfile(path) and path != settled]


def read_sample(path: str) -> DrawnSample:
    """Return the sample of a design's file.

    Raises:
        SampleRefused: If it is no such file.
    """
    try:
        with open(path, encoding="utf-8-sig") as file:
            data = json.load(file)
        support = data["support"]
        folder = os.path.dirname(os.path.abspath(path))
        return DrawnSample(
            design=os.path.abspath(path),
            map_path=os.path.normpath(os.path.join(folder, data["map"]["path"])),
            classes=tuple(SampleClass(c["name"], tuple(c["color"])) for c in data["classes"]),
            support=support["shape"],
            size=float(support["size"]),
            rule=support["rule"],
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SampleRefused(
            tr("“{path}” is no design of a sample ({reason}). Choose a file that ends in {ending}.").format(
                path=path, reason=error, ending=DESIGN_END
            )
        ) from error
