"""Equal pictures give equal maps, in whatever numbers they are stored, and transparent pixels have no data."""

from __future__ import annotations

import numpy as np
import pytest
from fakes import RecordingEmit, threshold_classes
from fault_support import classes_of, command, noise, segment, write_raster
from PIL import Image
from rasterio.enums import ColorInterp

from uhr_landcover.engine.raster.stretch import Stretch, full_stretch, measure_stretch, stretch_note

PERCENTILES = (0.1, 99.9)
RED, GREEN, BLUE, ALPHA, GREY = (
    ColorInterp.red, ColorInterp.green, ColorInterp.blue, ColorInterp.alpha, ColorInterp.undefined,
)  # fmt: skip


def picture() -> np.ndarray:
    """A dim picture of 8 bits: neither its darkest nor its brightest pixels reach the ends."""
    values = np.random.default_rng(3).integers(20, 181, (3, 96, 120), dtype=np.uint8)
    return np.ascontiguousarray(values)


FORMS = {
    "16 bits, x 257": lambda p: p.astype(np.uint16) * 257,
    "16 bits, x 256": lambda p: p.astype(np.uint16) << 8,
    "16 bits, as it is": lambda p: p.astype(np.uint16),
    "12 bits, rounded": lambda p: np.rint(p * (4095 / 255)).astype(np.uint16),
    "12 bits, shifted": lambda p: p.astype(np.uint16) << 4,
    "11 bits, rounded": lambda p: np.rint(p * (2047 / 255)).astype(np.uint16),
    "reflectance of 10000": lambda p: np.rint(p * (10000 / 255)).astype(np.uint16),
    "signed 16 bits": lambda p: np.rint(p * (32767 / 255)).astype(np.int16),
    "32 bits": lambda p: p.astype(np.int32),
    "float 0 to 1": lambda p: (p / 255).astype(np.float32),
    "float 0 to 255": lambda p: p.astype(np.float32),
    "float 0 to 65535": lambda p: p.astype(np.float32) * 257,
    "double 0 to 1": lambda p: p / 255,
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_same_picture_in_other_numbers_gives_the_same_map(form, tmp_path):
    emit = RecordingEmit()

    result = segment(write_raster(tmp_path / "i.tif", form(picture())), tmp_path / "out", emit=emit)

    assert (classes_of(result) == threshold_classes(picture())).all()
    assert emit.warnings == []


def test_picture_that_was_resampled_as_floats_differs_in_half_a_percent_at_most(tmp_path):
    smooth = picture().astype(np.float64)
    smooth = (2 * smooth + np.roll(smooth, 1, axis=2)) / 3 + 70

    for name, values in (("f", smooth / 255), ("g", smooth), ("h", smooth * 257)):
        raster = write_raster(tmp_path / f"{name}.tif", values.astype(np.uint16 if name == "h" else np.float32))
        got = classes_of(segment(raster, tmp_path / name))
        expected = threshold_classes(np.rint(smooth).astype(np.uint8))
        assert (got != expected).mean() <= 0.005


def test_values_that_nothing_explains_are_guessed_and_told(tmp_path):
    values = np.random.default_rng(0).integers(200, 3001, (3, 96, 120), dtype=np.uint16)
    emit = RecordingEmit()

    result = segment(write_raster(tmp_path / "i.tif", values), tmp_path / "out", emit=emit, output={"report": True})

    assert len(emit.warnings) == 1
    assert emit.warnings[0].startswith("The raster does not say which of its values are black and white; taken are 20")
    assert "which of its values are black and white" in (tmp_path / "out" / "i_landcover_report.html").read_text()
    assert result.warnings == tuple(emit.warnings)


def test_declared_bits_are_no_guess():
    assert stretch_note(full_stretch(4095.0, 3)) == ""
    assert stretch_note(Stretch(low=(1.0,), high=(2.0,), is_guess=True)).count("1 to 2") == 1


@pytest.mark.parametrize("values", [np.zeros((3, 50)), np.full((3, 50), -4.0), np.linspace(-1, 1, 150).reshape(3, 50)])
def test_values_without_a_picture_still_get_a_stretch(values):
    stretch = measure_stretch(values.astype(np.float32), np.ones(50, bool), PERCENTILES)

    assert all(low < high for low, high in zip(stretch.low, stretch.high, strict=True))


ORDERS = {
    "RGB + NIR + alpha": ((RED, GREEN, BLUE, GREY, ALPHA), (0, 1, 2), 4),
    "alpha first": ((ALPHA, RED, GREEN, BLUE), (1, 2, 3), 0),
    "alpha second": ((RED, ALPHA, GREEN, BLUE), (0, 2, 3), 1),
    "blue first, alpha last": ((BLUE, GREEN, RED, ALPHA), (2, 1, 0), 3),
    "RGB + alpha": ((RED, GREEN, BLUE, ALPHA), (0, 1, 2), 3),
}


@pytest.mark.parametrize("dtype", ["uint8", "uint16"])
@pytest.mark.parametrize(("order", "colors", "alpha"), ORDERS.values(), ids=ORDERS)
def test_transparent_pixels_have_no_data_wherever_alpha_stands(tmp_path, order, colors, alpha, dtype):
    scale = 257 if dtype == "uint16" else 1
    values = np.random.default_rng(1).integers(60, 250, (len(order), 70, 90)).astype(dtype) * scale
    values[alpha] = 255 * scale
    values[alpha, 20:40, 10:60] = 0
    values[alpha, 50:55, 10:60] = 1  # almost transparent is not without data
    raster = write_raster(tmp_path / "i.tif", values, colorinterp=list(order), photometric="minisblack")

    got = classes_of(segment(raster, tmp_path / "out"))

    hole = np.zeros((70, 90), bool)
    hole[20:40, 10:60] = True
    rgb = (values[list(colors)] // scale).astype(np.uint8)
    assert ((got == 255) == hole).all()
    assert (got[~hole] == threshold_classes(rgb)[~hole]).all()


def test_transparent_pixels_are_not_labelled_in_chips(tmp_path):
    values = np.concatenate([np.full((1, 64, 64), 255, np.uint8), noise(64, 64)])
    values[0, :32] = 0
    image = write_raster(tmp_path / "i.tif", values, colorinterp=[ALPHA, RED, GREEN, BLUE], photometric="minisblack")
    mask = write_raster(tmp_path / "m.tif", np.ones((64, 64), np.uint8))

    command("prepare", tmp_path / "chips", "--pair", image, mask, "--chip-px", 64)

    labels = np.asarray(Image.open(next((tmp_path / "chips" / "labels").iterdir())))
    assert (labels[:32] == 255).all()
    assert (labels[32:] == 1).all()


def test_transparent_pixels_of_a_class_raster_are_no_class(tmp_path):
    values = np.full((2, 10, 10), 3, np.uint8)
    values[1] = 255
    values[1, :4] = 0
    raster = write_raster(tmp_path / "c.png", values, driver="PNG", crs=None, transform=None)

    found = command("areas", raster, "--out", tmp_path / "a.csv")

    assert [(row["class_id"], row["pixels"]) for row in found["areas"]] == [(3, 60)]
