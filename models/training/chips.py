"""Images and masks on disk as training pairs: which files belong together, what a mask's values mean.

Pillow and numpy only, so that training runs where there is no rasterio. Which scene trains
and which tests is splits.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from ..errors import DataError
from ..legend import IGNORE_INDEX, LandCoverClass, Legend

IMAGE_SUFFIXES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".bmp", ".npy")
MASK_SUFFIXES = (".png", ".tif", ".tiff", ".bmp", ".npy")
LISTED = 8
"""How many offending files, colours or values an error lists."""


@dataclass(frozen=True, slots=True)
class ImagePair:
    """One scene of a data set: an image and the mask that labels it.

    Attributes:
        scene: Name of the scene, the file stem without "_sat".
        image: Image file.
        mask: Mask file.
    """

    scene: str
    image: Path
    mask: Path


def find_pairs(folder: Path, *, images: str = "", masks: str = "") -> tuple[ImagePair, ...]:
    """Return the image/mask pairs of a folder, sorted by scene.

    Two layouts are known: `NNN_sat.jpg` beside `NNN_mask.png` as DeepGlobe is downloaded, and a folder of images
    beside a folder of masks with equal stems. Images without a mask are left out (DeepGlobe ships such), and so are
    masks without an image.

    Args:
        folder: Folder of the data set.
        images: Name of the image folder inside it; empty finds `images`, `images_rgb` or the only `images*`.
        masks: Name of the mask folder; empty finds `masks_deepglobe`, `masks`, `labels` or the only `masks*`.

    Raises:
        DataError: If there is no such folder, no pair in it, or the choice of sub-folder is open.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise DataError(f"There is no folder {folder}. Name a folder of images and masks.")
    if not images and not masks and any(folder.glob("*_mask.*")):
        pairs = _deepglobe_pairs(folder)
    else:
        image_dir = _subfolder(folder, images, ("images", "images_rgb"), "images*")
        mask_dir = _subfolder(folder, masks, ("masks_deepglobe", "masks", "labels"), "masks*")
        pairs = _folder_pairs(image_dir, mask_dir)
    if not pairs:
        raise DataError(
            f"No image in {folder} has a mask. Expected NNN_sat.jpg beside NNN_mask.png, "
            "or equal file stems in images/ and masks/."
        )
    return tuple(sorted(pairs, key=lambda pair: pair.scene))


def _deepglobe_pairs(folder: Path) -> list[ImagePair]:
    masks = {path.stem.removesuffix("_mask"): path for path in folder.glob("*_mask.*") if _is(path, MASK_SUFFIXES)}
    found = [path for path in folder.glob("*_sat.*") if _is(path, IMAGE_SUFFIXES)]
    scenes = [(path.stem.removesuffix("_sat"), path) for path in found]
    return [ImagePair(scene, path, masks[scene]) for scene, path in scenes if scene in masks]


def _folder_pairs(image_dir: Path, mask_dir: Path) -> list[ImagePair]:
    masks = _by_stem(mask_dir, MASK_SUFFIXES)
    images = _by_stem(image_dir, IMAGE_SUFFIXES)
    return [ImagePair(stem, path, masks[stem]) for stem, path in images.items() if stem in masks]


def _by_stem(folder: Path, suffixes: Sequence[str]) -> dict[str, Path]:
    table: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        if not _is(path, suffixes):
            continue
        if path.stem in table:
            raise DataError(f"{table[path.stem].name} and {path.name} in {folder} have the same stem. Keep one.")
        table[path.stem] = path
    return table


def _is(path: Path, suffixes: Sequence[str]) -> bool:
    return path.suffix.lower() in suffixes and not path.name.startswith(".")


def _subfolder(folder: Path, asked: str, usual: Sequence[str], pattern: str) -> Path:
    if asked:
        if not (folder / asked).is_dir():
            raise DataError(f"There is no folder {asked!r} in {folder}.")
        return folder / asked
    for name in usual:
        if (folder / name).is_dir():
            return folder / name
    found = sorted(path for path in folder.glob(pattern) if path.is_dir())
    if len(found) == 1:
        return found[0]
    names = ", ".join(path.name for path in found) or "none"
    raise DataError(f"{folder} needs one folder named like {pattern}; found {names}. Say which one is meant.")


def read_pair(image_path: Path, mask_path: Path, legend: Legend) -> tuple[np.ndarray, np.ndarray]:
    """Read an image and its labels.

    Returns:
        image: ``(H, W, 3)`` uint8, red, green, blue.
        labels: ``(H, W)`` uint8, class ids of the legend; 255 is left out of training.

    Raises:
        DataError: If a file cannot be read, the sizes differ, or the mask has colours or values that the legend lacks.
    """
    image = read_image(image_path)
    labels = read_mask(mask_path, legend)
    if image.shape[:2] != labels.shape:
        sizes = [f"{a.shape[1]} × {a.shape[0]} px" for a in (image, labels)]
        raise DataError(
            f"Image {Path(image_path).name} is {sizes[0]} but mask {Path(mask_path).name} is {sizes[1]}. "
            "Both must have the same size."
        )
    return image, labels


def read_image(path: Path) -> np.ndarray:
    """Return an 8-bit image as ``(H, W, 3)`` uint8; grey becomes three equal channels, alpha is dropped."""
    values = _read_values(path, "RGB")
    if values.ndim == 2:
        values = np.repeat(values[..., None], 3, axis=2)
    if values.dtype != np.uint8 or values.ndim != 3 or values.shape[2] < 3:
        raise DataError(
            f"Image {path} holds {values.dtype} values of shape {values.shape}; expected 8-bit red, green, blue. "
            "Convert it with the command prepare."
        )
    return np.ascontiguousarray(values[..., :3])


def read_mask(path: Path, legend: Legend) -> np.ndarray:
    """Return a mask as ``(H, W)`` uint8 class ids; index and colour masks are told apart by their content.

    A palette PNG is an index mask: its indices are class ids whatever its palette shows. A colour mask is matched
    with the legend's colours; where these use 0 and 255 only (DeepGlobe), each channel is first thresholded at
    128, because the data set's own masks are not pure.
    """
    values = _read_values(path, None)
    if values.ndim == 3 and values.shape[2] in (2, 4):
        values = values[..., :-1]  # alpha says nothing about the class
    if values.ndim == 3 and values.shape[2] == 1:
        values = values[..., 0]
    if values.ndim == 3 and values.shape[2] != 3:
        raise DataError(f"Mask {path} has {values.shape[2]} bands; expected one (class ids) or three (colours).")
    if values.ndim == 3 and _is_grey_index(values, legend):
        values = values[..., 0]
    if values.ndim == 2:
        return ids_from_values(values, legend, str(path))
    return ids_from_colors(values, legend, str(path))


def _read_values(path: Path, mode: str | None) -> np.ndarray:
    path = Path(path)
    try:
        if path.suffix.lower() == ".npy":
            return np.load(path, allow_pickle=False)
        with Image.open(path) as picture:
            if mode is not None and picture.mode != mode and not picture.mode.startswith(("I", "F")):
                return np.asarray(picture.convert(mode))
            return np.asarray(picture)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise DataError(f"{path} cannot be read as an image: {error}.") from error


def _is_grey_index(values: np.ndarray, legend: Legend) -> bool:
    """Say whether a three-channel mask is really an index mask saved as RGB."""
    first = values[..., 0]
    if first.max(initial=0) == 0 or first.max() > max(legend.ids_by_value):
        return False
    return bool((values == first[..., None]).all())


def ids_from_values(values: np.ndarray, legend: Legend, where: str) -> np.ndarray:
    """Check a ``(H, W)`` array of class ids against a legend and return it as uint8.

    Raises:
        DataError: If a value is neither a class id nor 255; the message lists the values.
    """
    if values.dtype == bool:
        values = values.astype(np.uint8)
    if not np.issubdtype(values.dtype, np.integer):
        raise DataError(f"Mask {where} holds {values.dtype} values; expected whole-number class ids.")
    found = np.unique(values)
    ids = {**legend.ids_by_value, IGNORE_INDEX: IGNORE_INDEX}
    foreign = [v for v in found.tolist() if v not in ids]
    if foreign:
        known = sorted(legend.ids_by_value)
        is_dense = known == list(range(len(known)))
        raise DataError(
            f"Mask {where} has values {listed(foreign)} that legend {legend.name!r} lacks; it knows "
            f"{f'0 to {known[-1]}' if is_dense else listed(known, LISTED * 4)}, and {IGNORE_INDEX} for unlabelled."
        )
    if all(v == k for v, k in ids.items()):
        return values.astype(np.uint8)
    return np.array([ids[v] for v in found.tolist()], np.uint8)[np.searchsorted(found, values)]


def ids_from_colors(values: np.ndarray, legend: Legend, where: str) -> np.ndarray:
    """Turn a ``(H, W, 3)`` colour mask into ``(H, W)`` uint8 class ids.

    Raises:
        DataError: If a colour belongs to no class; the message lists the colours.
    """
    if values.dtype != np.uint8:
        raise DataError(f"Mask {where} holds {values.dtype} colours; expected 8-bit red, green, blue.")
    if _is_binary(legend.classes):
        values = np.where(values >= 128, np.uint8(255), np.uint8(0))
    packed = values[..., 0].astype(np.int32) << 16 | values[..., 1].astype(np.int32) << 8 | values[..., 2]
    found, inverse = np.unique(packed, return_inverse=True)
    colors = [(int(v) >> 16, int(v) >> 8 & 255, int(v) & 255) for v in found]
    foreign = [color for color in colors if color not in legend.by_color]
    if foreign:
        raise DataError(
            f"Mask {where} has colours {listed(foreign)} that legend {legend.name!r} lacks. "
            f"Known colours: {listed(sorted(legend.by_color), LISTED * 4)}."
        )
    table = np.array([legend.by_color[color] for color in colors], dtype=np.uint8)
    return table[inverse.reshape(packed.shape)]


def _is_binary(classes: Iterable[LandCoverClass]) -> bool:
    return all(value in (0, 255) for c in classes for value in c.color)


def listed(values: Sequence[object], limit: int = LISTED) -> str:
    """Return the first values as text for an error, and how many more there are."""
    shown = ", ".join(str(value) for value in values[:limit])
    return shown + (f" and {len(values) - limit} more" if len(values) > limit else "")
