"""Clock of a run: times its parts, and remembers them for the estimates of later runs."""

from __future__ import annotations

import time

from ..contract.names import STAGED
from ..plan.disk_use import DiskUse, is_cog, use_of_files
from ..plan.estimate import pace_key_of, rest_key, run_key
from ..plan.run_history import Pace, RunEstimate, remember, remember_pace, remember_rest
from ..plan.run_plan import RunPlan
from ..system.files import folder_bytes


class RunClock:
    """Marks the parts of one run: until the first tile, the tiles, and the rest."""

    def __init__(self) -> None:
        self._marks = [time.monotonic()]

    @property
    def seconds(self) -> float:
        """Seconds since the run began."""
        return time.monotonic() - self._marks[0]

    def mark(self) -> None:
        """End a part."""
        self._marks.append(time.monotonic())

    def remember(self, plan: RunPlan, tiles: int, resumed: int) -> None:
        """Remember a finished run of three parts whose results still lie in its folder.

        Args:
            plan: The run.
            tiles: Tiles that the network has seen, now or before an interruption.
            resumed: Those that were finished before.
        """
        start, classify, rest = (b - a for a, b in zip(self._marks, self._marks[1:], strict=False))
        if tiles > resumed:
            pace = Pace(tile_s=classify / (tiles - resumed), start_s=start)
            remember_pace(pace_key_of(plan.checkpoint.card, plan.tiles, plan.execution), pace)
        if resumed:
            return  # what follows may have been done in part
        remember_rest(rest_key(plan.job), rest, plan.tiles.area.pixels)
        share = tiles / max(1, len(plan.tiles.tiles))
        remember(run_key(plan), RunEstimate(disk_bytes=_finished_bytes(plan), rest_s=rest, data_share=share))


def _finished_bytes(plan: RunPlan) -> int:
    """Return the peak of the disk space of a run that has finished all its stages."""
    folder, output = plan.outputs.job_directory, plan.job.output
    made = use_of_files(plan.outputs.inside(folder / STAGED), output)
    shards = folder_bytes(folder) - folder_bytes(folder / STAGED)
    return (made + DiskUse(shards=shards)).peak(cog=is_cog(output))
