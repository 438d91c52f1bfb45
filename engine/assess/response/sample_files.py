"""Files of a sample: its design, and what interpreters label."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ...contract.sample import DESIGN_END, PACKAGE_END
from ...maps.area_report import write_json
from ...system.files import rename
from ...system.staging import Staging
from ..sampling.sample_design import SampleDesign
from .response_files import write_response_package, write_response_table


@dataclass(frozen=True, slots=True)
class SampleFiles:
    """Files that belong to one name.

    Attributes:
        stem: Path without an ending.
    """

    stem: Path

    @staticmethod
    def of(out: Path) -> SampleFiles:
        """Return the files of a name, which may have the ending of one of them."""
        if out.name.endswith(DESIGN_END):
            return SampleFiles(out.with_name(out.name.removesuffix(DESIGN_END)))
        return SampleFiles(out.with_suffix("") if out.suffix.lower() in (".gpkg", ".csv", ".json") else out)

    @property
    def design(self) -> Path:
        """The design, which interpreters do not see."""
        return self.stem.with_name(self.stem.name + DESIGN_END)

    @property
    def package(self) -> Path:
        """Points to label in QGIS or QField."""
        return self.stem.with_name(self.stem.name + PACKAGE_END)

    @property
    def table(self) -> Path:
        """The same points for a spreadsheet."""
        return self.stem.with_name(self.stem.name + ".csv")

    def all(self) -> tuple[Path, ...]:
        """Return every file."""
        return self.design, self.package, self.table


@contextmanager
def write_sample(
    files: SampleFiles, inputs: Sequence[str | Path], *, overwrite: bool, two_dates: bool = False
) -> Iterator[tuple[Path, Callable[[SampleDesign], list[Path]]]]:
    """Hold the places of a sample's files while it is drawn.

    Args:
        files: Where they go.
        inputs: Files that are read, none of which may be replaced.
        overwrite: Whether existing files may be replaced.
        two_dates: Whether points get a class at each of two dates.

    Yields:
        A folder for files that are needed meanwhile, and what writes the files and returns their names.

    Raises:
        OutputError: If a file is there already or its folder cannot be written.
    """
    with Staging(*files.all(), inputs=inputs, overwrite=overwrite) as staging:
        folder = staging.path(files.package).parent

        def write(design: SampleDesign) -> list[Path]:
            write_json(design.to_dict(), staging.path(files.design))
            plain = folder / "points.gpkg"
            write_response_package(design, plain, two_dates=two_dates)
            rename(plain, staging.path(files.package))
            write_response_table(design, staging.path(files.table), two_dates=two_dates)
            return staging.publish()

        yield folder, write
