"""Mosaics of which a file is missing, damaged or elsewhere: a hole is never classified as if it were black ground."""

from __future__ import annotations

import numpy as np
import pytest
import rasterio
from fakes import RecordingEmit, threshold_classes
from fault_support import classes_of, command, noise, segment, write_mosaic, write_raster
from rasterio.errors import RasterioError

from uhr_landcover.engine.contract.job import AreaOfInterest
from uhr_landcover.engine.raster.grid import Window
from uhr_landcover.engine.raster.mosaic import Member, Mosaic, read_mosaic
from uhr_landcover.engine.raster.raster_info import read_info
from uhr_landcover.engine.system.errors import RasterError
from uhr_landcover.engine.tiles.source import RasterSource

NODATA = 255
RGB = ("red", "green", "blue")


@pytest.fixture
def mosaic_of(tmp_path):
    """A mosaic of 200 × 160 px; its left half is whole, its right half as asked."""

    def make(right: str):
        write_raster(tmp_path / "left.tif", noise(160, 100, 1))
        write_raster(tmp_path / "right.tif", noise(160, 100, 2))
        (tmp_path / "text.tif").write_text("not a raster")
        (tmp_path / "empty.tif").touch()
        name = {"nested": "inner.vrt", "whole": "right.tif"}.get(right, f"{right}.tif")
        write_mosaic(tmp_path / "inner.vrt", 100, 160, [("gone.tif", 0, 0, 100, 160)])
        return write_mosaic(tmp_path / "m.vrt", 200, 160, [("left.tif", 0, 0, 100, 160), (name, 100, 0, 100, 160)])

    return make


@pytest.mark.parametrize("right", ["gone", "text", "empty", "nested"])
def test_mosaic_with_a_member_that_cannot_be_opened_is_refused_before_the_run(mosaic_of, tmp_path, right):
    with pytest.raises(RasterError, match=r"1 of 2 files of the mosaic m.vrt cannot be opened, first .*Put them back"):
        segment(mosaic_of(right), tmp_path / "out")

    assert not list((tmp_path / "out").glob("*"))


@pytest.mark.parametrize("right", ["gone", "text", "empty", "nested"])
def test_mosaic_hole_becomes_nodata_to_the_pixel_and_the_member_is_named(mosaic_of, tmp_path, right):
    emit = RecordingEmit()

    result = segment(mosaic_of(right), tmp_path / "out", emit=emit, on_read_error="nodata")

    got = classes_of(result)
    assert (got[:, 100:] == NODATA).all()
    assert (got[:, :100] == threshold_classes(noise(160, 100, 1))).all()
    name = "inner.vrt" if right == "nested" else f"{right}.tif"
    assert emit.warnings == [
        f"{name} of the mosaic cannot be opened; columns 100 to 199, rows 0 to 159 have no data in the map."
    ]


def test_whole_mosaic_is_classified_as_its_members_are(mosaic_of, tmp_path):
    emit = RecordingEmit()

    result = segment(mosaic_of("whole"), tmp_path / "out", emit=emit)

    values = np.concatenate([noise(160, 100, 1), noise(160, 100, 2)], axis=2)
    assert (classes_of(result) == threshold_classes(values)).all()
    assert emit.warnings == []


def test_mosaic_hole_outside_the_area_is_no_reason_to_refuse(mosaic_of, tmp_path):
    area = AreaOfInterest(bounds=(500_000, 5_399_920, 500_010, 5_400_000))

    result = segment(mosaic_of("gone"), tmp_path / "out", area=area)

    assert (classes_of(result)[:, :20] == threshold_classes(noise(160, 100, 1))[:, :20]).all()


def test_mosaic_with_a_cut_off_member_keeps_what_the_others_hold(tmp_path):
    write_raster(tmp_path / "left.tif", noise(160, 100, 1))
    cut = write_raster(tmp_path / "cut.tif", noise(160, 100, 2), compress="deflate", blockysize=16)
    cut.write_bytes(cut.read_bytes()[: cut.stat().st_size // 2])
    mosaic = write_mosaic(tmp_path / "m.vrt", 200, 160, [("left.tif", 0, 0, 100, 160), ("cut.tif", 100, 0, 100, 160)])
    emit = RecordingEmit()

    with pytest.raises(RasterError, match=r"cannot be read at columns 100 to .* \(from cut.tif\)"):
        segment(mosaic, tmp_path / "refused")
    result = segment(mosaic, tmp_path / "out", emit=emit, on_read_error="nodata")

    got = classes_of(result)
    assert (got[:, :100] == threshold_classes(noise(160, 100, 1))).all()
    right = got[:, 100:]
    assert (right[128:] == NODATA).all()
    assert ((right == NODATA) | (right == threshold_classes(noise(160, 100, 2)))).all()
    assert all("(from cut.tif)" in warning for warning in emit.warnings)


def test_member_that_vanishes_under_an_open_mosaic_never_reads_as_zeros(tmp_path):
    write_raster(tmp_path / "left.tif", noise(160, 100, 1))
    right = write_raster(tmp_path / "right.tif", noise(160, 100, 2))
    mosaic = write_mosaic(tmp_path / "m.vrt", 200, 160, [("left.tif", 0, 0, 100, 160), ("right.tif", 100, 0, 100, 160)])
    info = read_info(str(mosaic), RGB)
    right.unlink()

    with RasterSource(info) as source:
        for _ in range(3):
            with pytest.raises(RasterError, match="cannot be read at columns 100 to"):
                source._read(rasterio.windows.Window(90, 0, 40, 40), (40, 40))


def test_samples_of_a_mosaic_leave_a_hole_out(tmp_path):
    write_raster(tmp_path / "left.tif", np.full((3, 64, 4096), 100, np.uint8))
    members = [("left.tif", 0, 0, 4096, 64), ("gone.tif", 0, 64, 4096, 4032)]
    info = read_info(str(write_mosaic(tmp_path / "m.vrt", 4096, 4096, members)), RGB)

    with RasterSource(info) as source:
        values, _ = source.read_samples(256)

    assert set(np.unique(values).tolist()) == {100}


def test_part_of_a_mosaic_under_no_member_has_no_data(tmp_path):
    write_raster(tmp_path / "a.tif", noise(80, 100, 1))
    write_raster(tmp_path / "b.tif", noise(80, 70, 2))
    mosaic = write_mosaic(tmp_path / "m.vrt", 190, 80, [("a.tif", 0, 0, 100, 80), ("b.tif", 120, 0, 70, 80)])

    got = classes_of(segment(mosaic, tmp_path / "out"))

    assert (got[:, 100:120] == NODATA).all()
    assert (got[:, :100] == threshold_classes(noise(80, 100, 1))).all()
    assert (got[:, 120:] == threshold_classes(noise(80, 70, 2))).all()


def test_class_raster_mosaic_with_a_hole_is_refused(tmp_path):
    write_raster(tmp_path / "a.tif", np.ones((20, 30), np.uint8), nodata=255)
    members = [("a.tif", 0, 0, 30, 20), ("gone.tif", 30, 0, 30, 20)]
    mosaic = write_mosaic(tmp_path / "m.vrt", 60, 20, members, bands=1, extra="<NoDataValue>255</NoDataValue>")

    for name, out in (("areas", "a.csv"), ("vectorize", "v"), ("picture", "p.png")):
        with pytest.raises(RasterError, match=r"cannot be read|cannot be opened"):
            command(name, mosaic, "--out", tmp_path / out)


def test_gaps_between_members_are_found_exactly():
    left, right = Member("a", Window(0, 0, 10, 8)), Member("b", Window(10, 0, 10, 8))

    assert not Mosaic((left, right), 20, 8).has_gaps
    assert not Mosaic((Member("c", Window(0, 0, 20, 8)), left), 20, 8).has_gaps
    assert Mosaic((left, right), 21, 8).has_gaps
    assert Mosaic((left, Member("b", Window(11, 0, 9, 8))), 20, 8).has_gaps
    corner = [Member("a", Window(0, 0, 10, 8)), Member("b", Window(10, 0, 10, 4)), Member("c", Window(0, 8, 20, 2))]
    assert Mosaic(tuple(corner), 20, 10).has_gaps


def test_block_is_cut_along_the_edges_of_members():
    mosaic = Mosaic((Member("a", Window(0, 0, 100, 160)), Member("b", Window(100, 40, 100, 160))), 200, 200)

    cells = mosaic.cells(Window(0, 0, 128, 128))

    assert cells == [
        Window(0, 0, 100, 40), Window(100, 0, 28, 40), Window(0, 40, 100, 88), Window(100, 40, 28, 88),
    ]  # fmt: skip


def test_gdal_reads_a_missing_member_as_zeros_the_second_time(tmp_path):
    """Why a failed handle is never used again; if this fails, GDAL has changed."""
    write_raster(tmp_path / "left.tif", noise(160, 100, 1))
    mosaic = write_mosaic(tmp_path / "m.vrt", 200, 160, [("left.tif", 0, 0, 100, 160), ("gone.tif", 100, 0, 100, 160)])

    with rasterio.open(mosaic) as dataset:
        with pytest.raises(RasterioError):
            dataset.read(1)
        assert (dataset.read(1)[:, 100:] == 0).all()
        assert [m.name for m in read_mosaic(dataset).members] == ["left.tif", "gone.tif"]
