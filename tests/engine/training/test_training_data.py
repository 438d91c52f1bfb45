import argparse

import numpy as np
import pyogrio
import pytest
import rasterio
import shapely
from affine import Affine

from uhr_landcover.engine.commands import prepare as command
from uhr_landcover.engine.system.errors import Cancelled, OutputError
from uhr_landcover.engine.system.run_context import RunContext
from uhr_landcover.engine.training.training_data import ChipSpec, LabelledRaster, prepare_chips
from uhr_landcover.models.errors import DataError
from uhr_landcover.models.legend import load_legend
from uhr_landcover.models.training.chips import read_pair

LEGEND = load_legend("deepglobe")
LEFT, TOP, STEP = 500_010.25, 4_649_999.75, 0.5
HEIGHT, WIDTH = 50, 70


@pytest.fixture
def coordinates(make_raster):
    """A raster whose red is the row and whose green is the column."""
    rows, cols = np.mgrid[:HEIGHT, :WIDTH]
    return make_raster(np.stack([rows, cols, rows * 0 + 9]).astype(np.uint8))


def box(row, col, height, width):
    return shapely.box(LEFT + col * STEP, TOP - (row + height) * STEP, LEFT + (col + width) * STEP, TOP - row * STEP)


def write_polygons(path, shapes, crs="EPSG:32633", **columns):
    pyogrio.raw.write(
        path,
        geometry=shapely.to_wkb(np.array(shapes, object)),
        field_data=[np.array(values) for values in columns.values()],
        fields=list(columns),
        geometry_type="Polygon",
        crs=crs,
    )
    return path


def prepared(tmp_path, image, labels, **spec):
    chips = prepare_chips(
        tmp_path / "chips", [LabelledRaster(scene="s", image=image, labels=labels)], LEGEND, ChipSpec(**spec)
    )
    return [(pair.scene, *read_pair(pair.image, pair.mask, LEGEND)) for pair in chips.pairs("train")]


def test_prepare_polygons_label_the_pixels_under_them_and_nothing_else(tmp_path, coordinates):
    polygons = write_polygons(tmp_path / "p.gpkg", [box(10, 20, 8, 30), box(12, 22, 2, 3)], class_id=[2, 5])

    ((name, image, labels),) = prepared(tmp_path, coordinates, polygons, chip_px=70)

    expected = np.full((HEIGHT, WIDTH), 255)
    expected[10:18, 20:50] = 2
    expected[12:14, 22:25] = 5
    np.testing.assert_array_equal(labels, expected)
    assert image[13, 41].tolist() == [13, 41, 9]
    assert name == "s_r000000_c000000"


def test_prepare_cuts_chips_whose_pixels_and_labels_belong_together(tmp_path, coordinates):
    polygons = write_polygons(tmp_path / "p.shp", [box(0, 0, HEIGHT, 35), box(0, 35, HEIGHT, 35)], class_id=[1, 3])

    chips = prepared(tmp_path, coordinates, polygons, chip_px=32)

    assert len(chips) == 6
    for _, image, labels in chips:
        np.testing.assert_array_equal(labels, np.where(image[..., 1] < 35, 1, 3))


def test_prepare_class_names_and_another_crs_are_understood(tmp_path, coordinates):
    to_degrees = lambda points: np.stack(  # noqa: E731
        rasterio.warp.transform("EPSG:32633", "EPSG:4326", points[:, 0], points[:, 1]), axis=1
    )
    shape = shapely.transform(box(10, 20, 20, 30), to_degrees)
    polygons = write_polygons(tmp_path / "p.gpkg", [shape], crs="EPSG:4326", class_name=["forest LAND"])

    ((_, _, labels),) = prepared(tmp_path, coordinates, polygons, chip_px=70)

    assert (labels[11:29, 21:49] == 4).all()
    assert (labels == 4).sum() == pytest.approx(600, abs=12)


@pytest.mark.parametrize(
    ("shape", "columns", "sentence"),
    [
        (box(0, 0, 9, 9), {"kind": [1]}, "neither a field 'class_id' nor 'class_name'; its fields are kind"),
        (box(0, 0, 9, 9), {"class_id": [77]}, "has classes 77; the legend has 0 Unknown"),
        (box(0, 0, 9, 9), {"class_name": ["Moor"]}, "has classes Moor; the legend has"),
        (box(5000, 0, 9, 9), {"class_id": [1]}, "lies on the raster"),
    ],
    ids=["no field", "foreign id", "foreign name", "elsewhere"],
)
def test_prepare_polygons_that_do_not_fit_are_refused(tmp_path, coordinates, shape, columns, sentence):
    polygons = write_polygons(tmp_path / "p.gpkg", [shape], **columns)

    with pytest.raises(DataError, match=sentence):
        prepared(tmp_path, coordinates, polygons, chip_px=70)

    assert sorted(p.name for p in tmp_path.iterdir()) == ["input", "p.gpkg"]


def test_prepare_mask_on_another_grid_is_brought_onto_the_raster(tmp_path, coordinates, make_raster):
    """The mask has pixels of 1 m, begins 4 m to the right and ends before the raster does."""
    ids = np.array([[2, 6], [4, 1]], np.uint8).repeat(5, axis=0).repeat(6, axis=1)
    mask = make_raster(ids[None], "input/mask.tif", transform=Affine(1, 0, LEFT + 4, 0, -1, TOP))

    ((_, _, labels),) = prepared(tmp_path, coordinates, mask, chip_px=70)

    expected = np.full((HEIGHT, WIDTH), 255)
    expected[:20, 8:32] = ids.repeat(2, axis=0).repeat(2, axis=1)
    np.testing.assert_array_equal(labels, expected)


def test_prepare_colour_mask_without_georeference_of_another_size_is_refused(tmp_path, coordinates, make_raster):
    mask = make_raster(np.zeros((3, 9, 9), np.uint8), "input/mask.tif", crs=None, transform=None)

    with pytest.raises(DataError, match="is 9 × 9 px, its image 70 × 50 px"):
        prepared(tmp_path, coordinates, mask, chip_px=70)


def test_prepare_pixels_without_data_are_unlabelled(tmp_path, make_raster):
    values = np.full((3, 40, 40), 80, np.uint8)
    values[:, :, :10] = 0
    image = make_raster(values, nodata=0)
    mask = make_raster(np.full((1, 40, 40), 3, np.uint8), "input/mask.tif")

    ((_, _, labels),) = prepared(tmp_path, image, mask, chip_px=64)

    assert (labels[:, :10] == 255).all()
    assert (labels[:, 10:] == 3).all()


def test_prepare_resolution_resamples_image_and_labels_alike(tmp_path, coordinates):
    polygons = write_polygons(tmp_path / "p.gpkg", [box(0, 0, HEIGHT, 34), box(0, 34, HEIGHT, 36)], class_id=[1, 3])

    ((_, image, labels),) = prepared(tmp_path, coordinates, polygons, chip_px=64, ground_resolution_m=1.0)

    assert labels.shape == (25, 35)
    np.testing.assert_array_equal(labels, np.where(image[..., 1] < 34, 1, 3))


def test_prepare_16_bit_raster_is_stretched_to_8_bits(tmp_path, make_raster):
    ramp = np.linspace(1000, 3000, 40 * 40).reshape(40, 40).astype(np.uint16)
    image = make_raster(np.stack([ramp] * 3))
    mask = make_raster(np.full((1, 40, 40), 3, np.uint8), "input/mask.tif")

    ((_, chip, _),) = prepared(tmp_path, image, mask, chip_px=64)

    assert chip.min() == 0
    assert chip.max() == 255


def test_prepare_stopped_leaves_nothing(tmp_path, coordinates):
    polygons = write_polygons(tmp_path / "p.gpkg", [box(0, 0, 9, 9)], class_id=[1])

    def stop(done, total):
        raise Cancelled

    with pytest.raises(Cancelled):
        prepare_chips(
            tmp_path / "chips", [LabelledRaster(scene="s", image=coordinates, labels=polygons)], LEGEND, ChipSpec(),
            on_scene=stop,
        )  # fmt: skip

    assert sorted(p.name for p in tmp_path.iterdir()) == ["input", "p.gpkg"]


def test_prepare_never_replaces_a_folder_that_holds_no_chips(tmp_path, coordinates):
    (tmp_path / "chips").mkdir()
    (tmp_path / "chips" / "thesis.txt").write_text("mine")

    with pytest.raises(OutputError, match="Only older chips are replaced"):
        prepare_chips(
            tmp_path / "chips", [LabelledRaster(scene="s", image=coordinates, labels=coordinates)], LEGEND, ChipSpec(),
            overwrite=True,
        )  # fmt: skip

    assert (tmp_path / "chips" / "thesis.txt").read_text() == "mine"


def test_prepare_command_splits_by_group(tmp_path, make_raster):
    masks = {}
    for name in ("tile1_a", "tile2_a"):
        image = make_raster(np.full((3, 40, 40), 80, np.uint8), f"input/{name}.tif")
        masks[image] = make_raster(np.full((1, 40, 40), 3, np.uint8), f"masks/{name}.tif")
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    pairs = [text for image, mask in masks.items() for text in ("--pair", str(image), str(mask))]
    args = parser.parse_args([str(tmp_path / "out"), *pairs, "--group", r"tile(\d)", "--val", "2", "--chip-px", "40"])

    result = command.execute(args, RunContext())

    assert result["chips"] == {"train": 1, "val": 1}
    assert result["class_shares"]["val"]["Rangeland"] == 1.0
