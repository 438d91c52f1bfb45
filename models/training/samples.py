"""Training samples: random crops of scenes, drawn so that any sample of a run can be drawn again.

Scenes are images on disk, kept in memory up to a limit, or generated landscapes.
"""

from __future__ import annotations

import queue
import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from ..errors import DataError
from ..legend import IGNORE_INDEX, Legend
from ..scenes.landscape import render_window
from .augment import Augmentation, cut_and_turn, vary_light
from .chip_set import INDEX_NAME, read_chip_set
from .chips import ImagePair, find_pairs, read_pair
from .config import DATA_FOLDER, SourceConfig
from .splits import load_split, split_by_group, split_by_ids
from .tile_sets.class_mix import mix_classes
from .tile_sets.label_polygons import read_label_polygons
from .tile_sets.sampler import DrawSettings, TileSampler, TileScene
from .tile_sets.table import load_place_split, read_tile_table, split_by_place

CACHE_BYTES = 4 * 1024**3
MAJORITY_TRIES = 10
"""How often a crop that one class covers too much is drawn again (ISDNet's recipe)."""


class Scene(Protocol):
    """Something with an image and labels; `load` may be slow and is cached by the caller."""

    name: str

    def load(self) -> tuple[np.ndarray, np.ndarray]:
        """Return image ``(H, W, 3)`` uint8 and labels ``(H, W)`` uint8."""


@dataclass(frozen=True, slots=True)
class PairScene:
    """A scene on disk."""

    name: str
    pair: ImagePair
    legend: Legend
    ignore_unknown: bool

    def load(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the image and its labels."""
        image, labels = read_pair(self.pair.image, self.pair.mask, self.legend)
        if self.ignore_unknown and self.legend.unknown_id is not None:
            labels = np.where(labels == self.legend.unknown_id, np.uint8(IGNORE_INDEX), labels)
        return image, labels


@dataclass(frozen=True, slots=True)
class GeneratedScene:
    """A generated landscape."""

    name: str
    seed: int
    size_px: int

    def load(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the image and its labels."""
        return render_window(self.seed, 0, 0, self.size_px, self.size_px)


@dataclass(frozen=True, slots=True)
class Source:
    """The scenes of one source, by split, and how often it is drawn from; `draws` where it has tiles."""

    train: tuple[Scene, ...]
    validate: tuple[Scene, ...]
    test: tuple[Scene, ...]
    share: float
    zoom: float
    draws: DrawSettings | None = None


def open_source(config: SourceConfig, legend: Legend, base: Path) -> Source:
    """Return the scenes of a source, split as its configuration says.

    Args:
        config: The source.
        legend: Classes of the masks.
        base: Folder that relative paths start from.

    Raises:
        DataError: If the folder has no pairs or a split is empty.
    """
    if config.folder == DATA_FOLDER:
        raise DataError("This recipe trains on a folder that you name: add --data FOLDER.")
    if config.kind == "scenes":
        train, validate = (
            tuple(GeneratedScene(f"landscape {s}", s, config.size_px) for s in seeds)
            for seeds in (config.seeds, config.validate_seeds)
        )
        return Source(train, validate, (), config.share, config.zoom)
    if config.kind == "tiles":
        return _tile_source(config, legend, base)
    folder = base / config.folder
    splits = _splits(config, folder)
    masks = legend.without_values() if (folder / INDEX_NAME).is_file() else legend  # chips hold class ids

    def scenes(split: str) -> tuple[Scene, ...]:
        return tuple(PairScene(p.scene, p, masks, config.ignore_unknown) for p in splits.get(split, ()))

    return Source(scenes("train"), scenes("val"), scenes("test"), config.share, config.zoom)


def _tile_source(config: SourceConfig, legend: Legend, base: Path) -> Source:
    parts = split_by_place(read_tile_table(base / config.folder), load_place_split(config.split))
    polygons = read_label_polygons(base / config.polygons, legend) if config.polygons else {}
    train, validate, test = (
        tuple(TileScene(t.name, t, legend, polygons.get(t.name)) for t in parts[part])
        for part in ("train", "validate", "test")
    )
    draws = DrawSettings(
        resolutions_m=config.resolutions_m, class_shares=config.class_shares, place_shares=config.place_shares
    )
    return Source(train, validate, test, config.share, config.zoom, draws)


def _splits(config: SourceConfig, folder: Path) -> dict[str, tuple[ImagePair, ...]]:
    held_out = {k: v for k, v in (("val", config.validate), ("test", config.test)) if v}
    if (folder / INDEX_NAME).is_file() and not (config.split or held_out):  # chips that were split when they were cut
        chips = read_chip_set(folder)
        return {split: chips.pairs(split) for split, names in chips.splits.items() if names}
    pairs = find_pairs(folder, images=config.images, masks=config.masks)
    if config.split:
        return split_by_ids(pairs, load_split(config.split))
    return split_by_group(pairs, pattern=config.group, held_out=held_out)


class SceneCache:
    """Keeps the scenes used last in memory, up to a number of bytes."""

    def __init__(self, limit_bytes: int = CACHE_BYTES) -> None:
        self._limit = limit_bytes
        self._bytes = 0
        self._scenes: OrderedDict[str, tuple[np.ndarray, np.ndarray]] = OrderedDict()

    def get(self, key: str, scene: Scene) -> tuple[np.ndarray, np.ndarray]:
        """Return a scene's image and labels."""
        if key in self._scenes:
            self._scenes.move_to_end(key)
            return self._scenes[key]
        loaded = scene.load()
        self._scenes[key] = loaded
        self._bytes += _size(loaded)
        while self._bytes > self._limit and len(self._scenes) > 1:
            self._bytes -= _size(self._scenes.popitem(last=False)[1])
        return loaded


class SampleStream:
    """Draws batches of augmented crops; batch number n is the same in every run with the same seed.

    Args:
        sources: Where to draw from, by their shares.
        crop_px: Side of a crop.
        batch: Crops per batch.
        augmentation: What is varied.
        balance: Share of crops centred on a pixel of a class drawn uniformly.
        max_class_share: A crop in which one class covers more than this is drawn again.
        seed: Seed of all draws.
        class_mix: Share of the crops into which parts of another one are pasted.
    """

    def __init__(
        self,
        sources: tuple[Source, ...],
        *,
        crop_px: int,
        batch: int,
        augmentation: Augmentation,
        balance: float,
        max_class_share: float = 0.75,
        seed: int,
        class_mix: float = 0.0,
    ) -> None:
        if not any(s.train for s in sources):
            raise DataError("There is no scene to train on.")
        self._sources = [s for s in sources if s.train]
        shares = np.array([s.share for s in self._sources], dtype=float)
        self._shares = shares / shares.sum()
        self._crop, self._batch, self._augmentation = crop_px, batch, augmentation
        self._balance, self._max_share, self._seed = balance, max_class_share, seed
        self._class_mix = class_mix
        self._cache = SceneCache()
        self._samplers = [None if s.draws is None else TileSampler(s.train, s.draws) for s in self._sources]
        self._looks = [look for sampler in self._samplers if sampler is not None for look in sampler.looks]

    def batch(self, number: int) -> tuple[np.ndarray, np.ndarray]:
        """Return images ``(N, 3, H, W)`` uint8 and labels ``(N, H, W)`` uint8 of batch ``number``."""
        crops = [self._sample(np.random.default_rng((self._seed, number, i))) for i in range(self._batch)]
        if self._class_mix:
            crops = mix_classes(crops, self._class_mix, np.random.default_rng((self._seed, number, self._batch)))
        images = np.stack([np.ascontiguousarray(image.transpose(2, 0, 1)) for image, _ in crops])
        return images, np.stack([labels for _, labels in crops])

    def batches(self, first: int, last: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Yield batches ``first`` to ``last - 1``, drawn ahead in a thread."""
        ahead: queue.Queue = queue.Queue(maxsize=3)
        closed = threading.Event()

        def work() -> None:
            try:
                for number in range(first, last):
                    _put(ahead, self.batch(number), closed)
                    if closed.is_set():
                        return
                _put(ahead, None, closed)
            except BaseException as error:
                _put(ahead, error, closed)

        thread = threading.Thread(target=work, daemon=True, name="samples")
        thread.start()
        try:
            while (item := ahead.get()) is not None:
                if isinstance(item, BaseException):
                    raise item
                yield item
        finally:
            closed.set()
            thread.join()  # a thread inside a library's code while the interpreter ends may take the process with it

    def _sample(self, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        which = int(rng.choice(len(self._sources), p=self._shares))
        source, sampler = self._sources[which], self._samplers[which]
        image, labels = self._crop_of(which, source, rng) if sampler is None else sampler.sample(self._crop, rng)
        return vary_light(image, self._augmentation, self._looks, rng), labels

    def _crop_of(self, which: int, source: Source, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        scene = source.train[int(rng.integers(len(source.train)))]
        image, labels = self._cache.get(f"{which}/{scene.name}", scene)
        for _ in range(MAJORITY_TRIES):
            centre = self._centre(labels, rng)
            crop = cut_and_turn(image, labels, centre, self._crop, source.zoom, self._augmentation, rng)
            if _majority(crop[1]) <= self._max_share:
                break
        return crop

    def _centre(self, labels: np.ndarray, rng: np.random.Generator) -> tuple[int, int]:
        rows = rng.integers(labels.shape[0], size=256)
        cols = rng.integers(labels.shape[1], size=256)
        if rng.random() < self._balance:
            seen = labels[rows, cols]
            classes = np.unique(seen[seen != IGNORE_INDEX])
            if len(classes):
                first = int(np.flatnonzero(seen == rng.choice(classes))[0])
                return int(rows[first]), int(cols[first])
        return int(rows[0]), int(cols[0])


def _put(ahead: queue.Queue, item: object, closed: threading.Event) -> None:
    while not closed.is_set():
        try:
            ahead.put(item, timeout=0.5)
            return
        except queue.Full:
            continue


def _majority(labels: np.ndarray) -> float:
    counts = np.bincount(labels.ravel(), minlength=256)[:IGNORE_INDEX]
    return float(counts.max() / max(counts.sum(), 1))


def _size(loaded: tuple[np.ndarray, np.ndarray]) -> int:
    return loaded[0].nbytes + loaded[1].nbytes
