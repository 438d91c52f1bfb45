"""Sentinel-2 folders as one raster: bands of two resolutions, offsets of baselines, clouds; a map at 10 m."""

from __future__ import annotations

from argparse import ArgumentParser

import numpy as np
import pytest
import rasterio
from fakes import RecordingEmit
from rasterio.transform import from_origin

from uhr_landcover.engine.commands import segment, stack
from uhr_landcover.engine.raster.raster_info import read_info
from uhr_landcover.engine.raster.spectral.band_names import name_at, name_bands, name_of
from uhr_landcover.engine.system.errors import RasterError
from uhr_landcover.engine.system.run_context import RunContext

NAME = "S2A_MSIL2A_20230601T101031_N0509_R022_T33UUP_20230601T165000"
SIDE = 120
METADATA = """<n1:Level-2A_User_Product xmlns:n1="https://psd-14.sentinel2.eo.esa.int/PSD/User_Product_Level-2A.xsd">
<BOA_QUANTIFICATION_VALUE unit="none">10000</BOA_QUANTIFICATION_VALUE><BOA_ADD_OFFSET_VALUES_LIST>
{offsets}</BOA_ADD_OFFSET_VALUES_LIST></n1:Level-2A_User_Product>"""


def call(module, *arguments):
    parser = ArgumentParser()
    module.add_arguments(parser)
    emit = RecordingEmit()
    return module.execute(parser.parse_args([str(a) for a in arguments]), RunContext(emit)), emit


def write_jp2(path, values, pixel):
    path.parent.mkdir(parents=True, exist_ok=True)
    profile = {
        "driver": "JP2OpenJPEG", "width": values.shape[1], "height": values.shape[0], "count": 1, "dtype": values.dtype,
        "crs": "EPSG:32633", "transform": from_origin(300_000, 5_800_020, pixel, pixel),
        "QUALITY": "100", "REVERSIBLE": "YES",
    }  # fmt: skip
    with rasterio.open(path, "w", **profile) as file:
        file.write(values, 1)


def write_scene(folder, offset=-1000, metadata=True, level="L2A"):
    """Write a small scene whose reflectance × 10 000 is known; its left columns are cloud, its last row has no data."""
    rows, cols = np.mgrid[:SIDE, :SIDE]
    truth = {
        "B02": 400 + 5 * cols, "B03": 500 + 5 * rows, "B04": 300 + 3 * (rows + cols), "B08": 2500 + 10 * cols,
        "B11": 1500 + 4 * rows[::2, ::2],
    }  # fmt: skip
    truth["B02"][5, 50] = 0  # darker than the offset: still data
    image = folder / f"{NAME}.SAFE/GRANULE/{level}_T33UUP/IMG_DATA"
    for band, values in truth.items():
        stored = (values - offset).astype(np.uint16)
        stored[-1] = 0
        pixel = 10 if band != "B11" else 20
        write_jp2(image / f"R{pixel}m/T33UUP_20230601T101031_{band}_{pixel}m.jp2", stored, pixel)
    classes = np.full((SIDE // 2, SIDE // 2), 4, np.uint8)
    classes[:, :10] = 9
    classes[-1, :] = 0
    classes[20:30, 20:30] = 11  # snow
    write_jp2(image / "R20m/T33UUP_20230601T101031_SCL_20m.jp2", classes, 20)
    if metadata:
        offsets = "".join(f'<BOA_ADD_OFFSET band_id="{k}">{offset}</BOA_ADD_OFFSET>' for k in range(13) if offset)
        (folder / f"{NAME}.SAFE/MTD_MSIL2A.xml").write_text(METADATA.format(offsets=offsets))
    return folder / f"{NAME}.SAFE", truth


@pytest.mark.parametrize(
    ("offset", "metadata"), [(-1000, True), (0, True), (-1000, False)], ids=["5.09", "2.14", "5.09 by its name"]
)
def test_stack_holds_reflectance_of_every_band_and_leaves_clouds_out(tmp_path, offset, metadata):
    scene, truth = write_scene(tmp_path, offset, metadata)

    result, emit = call(stack, scene, "--out", tmp_path / "scene.vrt")

    assert emit.warnings == []
    with rasterio.open(result["files"][0]) as file:
        names, values, mask = name_bands(file), file.read(), file.dataset_mask()
    assert [b.name for b in names] == ["blue", "green", "red", "nir", "swir1"]
    assert [b.wavelength_nm for b in names] == [492.4, 559.8, 664.6, 832.8, 1613.7]
    inner = slice(0, SIDE - 2)
    for k, band in enumerate(("B02", "B03", "B04", "B08")):
        expected = np.maximum(truth[band], 1 if offset else 0)
        assert (values[k][inner] == expected[inner]).all()
    assert (values[4][inner] == np.repeat(np.repeat(truth["B11"], 2, 0), 2, 1)[inner]).all()
    assert (mask[:, :20] == 0).all()
    assert (mask[-2:] == 0).all()
    assert (mask[: SIDE - 2, 20:] == 255).all()


def test_stack_of_chosen_bands_keeps_clouds_when_asked(tmp_path):
    scene, truth = write_scene(tmp_path)

    call(stack, scene, "--out", tmp_path / "s.vrt", "--bands", "nir,B04,B3", "--keep-clouds")

    with rasterio.open(tmp_path / "s.vrt") as file:
        assert file.descriptions == ("nir", "red", "green")
        assert (file.read(2)[:, 25:][:50] == truth["B04"][:, 25:][:50]).all()
        assert (file.dataset_mask()[:50] == 255).all()


def test_folder_of_images_without_a_baseline_says_that_values_are_as_they_are(tmp_path):
    scene, _ = write_scene(tmp_path, 0, metadata=False)
    flat = tmp_path / "images"
    flat.mkdir()
    for path in scene.rglob("*.jp2"):
        path.rename(flat / path.name)

    _, emit = call(stack, flat, "--out", tmp_path / "s.vrt")

    assert "Nothing says the processing baseline" in emit.warnings[0]


def test_bands_of_two_tiles_are_refused(tmp_path):
    scene, _ = write_scene(tmp_path)
    other = next(scene.rglob("*_B04_10m.jp2"))
    with rasterio.open(other) as file:
        values = file.read(1)
    write_jp2(other, values[:60], 10)

    with pytest.raises(RasterError, match=r"_B04_10m\.jp2 lies elsewhere"):
        call(stack, scene, "--out", tmp_path / "s.vrt")


def test_folder_without_bands_and_unknown_bands_are_refused(tmp_path):
    scene, _ = write_scene(tmp_path)

    with pytest.raises(RasterError, match="no band 'B09'; it has B02"):
        call(stack, scene, "--out", tmp_path / "s.vrt", "--bands", "B09")
    (tmp_path / "empty").mkdir()
    with pytest.raises(RasterError, match="no Sentinel-2 bands"):
        call(stack, tmp_path / "empty", "--out", tmp_path / "s.vrt")


def test_model_s_bands_are_found_by_name_and_lacking_ones_refused(tmp_path):
    scene, _ = write_scene(tmp_path)
    call(stack, scene, "--out", tmp_path / "s.vrt")

    info = read_info(str(tmp_path / "s.vrt"), ("nir", "red", "green"))

    assert info.bands.indexes == (4, 3, 2)
    assert info.bands.note == ""
    assert read_info(str(tmp_path / "s.vrt"), ("red", "green", "blue")).bands.indexes == (3, 2, 1)
    with pytest.raises(RasterError, match="no band swir2, which the model needs; its bands are blue, green, red, nir"):
        read_info(str(tmp_path / "s.vrt"), ("red", "swir2"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Near Infrared", "nir"), ("NIR (835.1 nm)", "nir"), ("Band Red", "red"), ("red_edge_2", "rededge2"),
        ("SWIR 1", "swir1"), ("B4", ""), ("elevation", ""),
    ],
)  # fmt: skip
def test_band_is_named_by_its_description(text, name):
    assert name_of(text) == name


@pytest.mark.parametrize(("nm", "name"), [(443, "coastal"), (560, "green"), (842, "nir"), (2190, "swir2"), (3000, "")])
def test_band_is_named_by_its_wavelength(nm, name):
    assert name_at(nm) == name


def test_segment_maps_a_safe_folder_at_ten_metres(tmp_path):
    from uhr_landcover.models.checkpoint import starter_path

    if not starter_path("isdnet").exists():
        pytest.skip("there is no starter in resources/checkpoints")
    scene, _ = write_scene(tmp_path)

    result, _ = call(segment, scene, "--out", tmp_path / "maps", "--device", "cpu", "--formats", "gpkg")

    with rasterio.open(result["class_raster"]) as file:
        classes = file.read(1)
        assert file.res == (10, 10)
    assert classes.shape == (SIDE, SIDE)
    assert (classes[:, :20] == 255).all()
    assert (classes[: SIDE - 2, 20:] < 255).all()


def test_teach_and_segment_map_a_safe_folder_from_its_ten_bands(tmp_path):
    """10 m end to end: examples on the stack, all bands, a map of the scene's folder by the model."""
    from uhr_landcover.engine.commands import teach
    from uhr_landcover.models.checkpoint import read_card

    scene, _ = write_scene(tmp_path)
    nir = next(scene.rglob("*_B08_10m.jp2"))
    with rasterio.open(nir) as file:
        values = file.read(1)
    values[:, SIDE // 2 :] -= 2400  # water: dark in the near infrared
    write_jp2(nir, values, 10)
    call(stack, scene, "--out", tmp_path / "s.vrt")
    rng = np.random.default_rng(0)
    points = [
        (name, class_id, left + rng.uniform(4, 30), rng.uniform(4, SIDE - 8))
        for name, class_id, left in (("Field", 1, 24), ("Water", 2, 66))
        for _ in range(14)
    ]
    features = [
        f'{{"type":"Feature","properties":{{"class_id":{k},"class_name":"{name}"}},"geometry":{{"type":"Point",'
        f'"coordinates":[{300_000 + 10 * col},{5_800_020 - 10 * row}]}}}}'
        for name, k, col, row in points
    ]
    crs = '"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::32633"}}'
    (tmp_path / "e.geojson").write_text(f'{{"type":"FeatureCollection",{crs},"features":[{",".join(features)}]}}')

    call(teach, tmp_path / "s.vrt", tmp_path / "e.geojson", "--out", tmp_path / "m.safetensors", "--bands", "all")
    result, _ = call(
        segment, scene, "--checkpoint", tmp_path / "m.safetensors", "--out", tmp_path / "maps", "--formats", "gpkg",
        "--device", "cpu", "--probabilities",
    )  # fmt: skip

    card = read_card(tmp_path / "m.safetensors")
    assert card.bands == ("red", "green", "blue", "nir", "swir1")
    assert card.ground_resolution_m == pytest.approx(10, rel=0.01)
    with rasterio.open(result["class_raster"]) as file:
        classes = file.read(1)
    seen = classes[: SIDE - 2, 20:]
    expected = np.where(np.arange(20, SIDE)[None] >= SIDE // 2, 2, 1)
    assert (seen < 255).all()
    assert (seen == expected).mean() > 0.95
