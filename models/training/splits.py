"""Splits of scenes into those that train and those held out: by group of scenes, or by published lists of names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ..errors import DataError
from .chips import ImagePair, listed

SPLIT_DIR = Path(__file__).resolve().parents[2] / "resources" / "splits"


def scene_groups(scenes: Iterable[str], pattern: str = "") -> dict[str, str]:
    r"""Return the group of each scene, so that pictures of one place never stand on both sides of a split.

    Args:
        scenes: Scene names.
        pattern: Regular expression found in the name; its first group (or the whole match) names the group, e.g.
            ``tile(\d+)``. Empty makes each scene a group of its own.

    Raises:
        DataError: If the pattern is no regular expression or a scene does not match it.
    """
    try:
        expression = re.compile(pattern)
    except re.error as error:
        raise DataError(f"{pattern!r} is not a regular expression: {error}.") from error
    table: dict[str, str] = {}
    for scene in scenes:
        match = expression.search(scene) if pattern else None
        if pattern and match is None:
            raise DataError(f"Scene {scene!r} does not match the group pattern {pattern!r}.")
        table[scene] = scene if match is None else (match.group(1) if expression.groups else match.group(0))
    return table


def split_by_group(
    pairs: Sequence[ImagePair], *, pattern: str = "", held_out: Mapping[str, Sequence[str]]
) -> dict[str, tuple[ImagePair, ...]]:
    """Split pairs by naming the groups that are held out; the rest is "train".

    Args:
        pairs: Pairs of the data set.
        pattern: Group pattern, see `scene_groups`.
        held_out: Split name → group names, e.g. ``{"val": ["7"], "test": ["8"]}``.

    Raises:
        DataError: If a named group has no scene, stands in two splits, or nothing is left to train on.
    """
    groups = scene_groups((pair.scene for pair in pairs), pattern)
    owner: dict[str, str] = {}
    for split, names in held_out.items():
        for name in names:
            if name not in groups.values():
                known = listed(sorted(set(groups.values())))
                raise DataError(f"Split {split!r} names group {name!r}, which has no scene; groups are {known}.")
            if owner.setdefault(name, split) != split:
                raise DataError(f"Group {name!r} stands in splits {owner[name]!r} and {split!r}. Keep one.")
    result: dict[str, list[ImagePair]] = {"train": [], **{split: [] for split in held_out}}
    for pair in pairs:
        result[owner.get(groups[pair.scene], "train")].append(pair)
    return _without_empty(result)


def split_by_ids(
    pairs: Sequence[ImagePair], lists: Mapping[str, Iterable[str | int]]
) -> dict[str, tuple[ImagePair, ...]]:
    """Split pairs by explicit lists of scene names; scenes in no list are left out, missing ones are allowed.

    Raises:
        DataError: If a split has no scene at all, or a scene stands in two splits.
    """
    by_scene = {pair.scene: pair for pair in pairs}
    seen: dict[str, str] = {}
    result: dict[str, list[ImagePair]] = {}
    for split, names in lists.items():
        result[split] = []
        for scene in map(str, names):
            if seen.setdefault(scene, split) != split:
                raise DataError(f"Scene {scene!r} stands in splits {seen[scene]!r} and {split!r}. Keep one.")
            if scene in by_scene:
                result[split].append(by_scene[scene])
    return _without_empty(result)


def _without_empty(splits: Mapping[str, list[ImagePair]]) -> dict[str, tuple[ImagePair, ...]]:
    for split, members in splits.items():
        if not members:
            raise DataError(f"Split {split!r} is empty: no scene of the data set belongs to it.")
    return {split: tuple(members) for split, members in splits.items()}


def load_split(name: str) -> dict[str, tuple[str, ...]]:
    """Return the scene lists of resources/splits (e.g. "deepglobe") or of a JSON file of the same form.

    Raises:
        DataError: If there is no such list, or it is not an object of lists.
    """
    path = SPLIT_DIR / f"{name}.json"
    path = path if path.is_file() else Path(name)
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {split: tuple(str(i) for i in ids) for split, ids in data.items() if isinstance(ids, list)}
    except FileNotFoundError as error:
        known = sorted(p.stem for p in SPLIT_DIR.glob("*.json"))
        raise DataError(f"There is no split list {name!r}; known are {known}, or name a JSON file.") from error
    except (OSError, ValueError, AttributeError) as error:
        raise DataError(f"Split list {path} cannot be read: {error}.") from error
