"""Sentences on the parts of a raster that could not be read: by member where it is a mosaic, else block by block."""

from __future__ import annotations

from collections.abc import Iterable

from ..raster.grid import Window
from ..raster.mosaic import Member, Mosaic, listed_members
from ..raster.raster_info import RasterInfo
from ..system.errors import ErrorCode, RasterError

MOST_NOTES = 20
"""Sentences on single parts; who has more of them needs no list."""


def refuse_holes(info: RasterInfo, area: Window) -> None:
    """Refuse a mosaic of which a member under an area cannot be opened.

    Raises:
        RasterError: Naming the members.
    """
    lacking = [m for m in info.lacking_members if m.window.intersection(area).pixels]
    if lacking:
        raise RasterError(
            ErrorCode.READ_FAILED,
            f"{len(lacking)} of {len(info.mosaic.members)} files of the mosaic {info.name} cannot be opened, first "
            f"{lacking[0].path}. Put them back, or let unreadable parts become pixels without data.",
        )


def unreadable_notes(parts: Iterable[Window], mosaic: Mosaic, lacking: Iterable[Member]) -> list[str]:
    """Return a sentence for every part that has no data in the map because it could not be read.

    Args:
        parts: The parts.
        mosaic: Members of the raster.
        lacking: Those of them that cannot be opened; each is told of once, with all that lies under it.
    """
    ordered = sorted(set(parts), key=lambda w: (w.row_off, w.col_off))
    notes = []
    for member in lacking:
        inside = {w for w in ordered if member.window.contains(w)}
        if inside:
            ordered = [w for w in ordered if w not in inside]
            place = _place(member.window).lower()
            notes.append(f"{member.name} of the mosaic cannot be opened; {place} have no data in the map.")
    for part in ordered[:MOST_NOTES]:
        names = listed_members(mosaic.under(part))
        which = f" (from {names})" if names else ""
        notes.append(f"{_place(part)} could not be read{which} and have no data in the map.")
    if len(ordered) > MOST_NOTES:
        notes.append(f"{len(ordered) - MOST_NOTES} further parts could not be read and have no data in the map.")
    return notes


def _place(part: Window) -> str:
    return f"Columns {part.col_off} to {part.col_end - 1}, rows {part.row_off} to {part.row_end - 1}"
