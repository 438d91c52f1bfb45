"""Teaching on more than three bands: what only infrared shows is learnt; other images give it by name."""

from __future__ import annotations

from argparse import ArgumentParser

import numpy as np
import pytest
import rasterio
from fakes import RecordingEmit

from uhr_landcover.engine.commands import segment, teach
from uhr_landcover.engine.commands.band_arguments import band_list, band_numbers
from uhr_landcover.engine.system.errors import InvalidJob
from uhr_landcover.engine.system.run_context import RunContext
from uhr_landcover.models.checkpoint import read_card

SIDE = 192


def call(module, *arguments):
    parser = ArgumentParser()
    module.add_arguments(parser)
    return module.execute(parser.parse_args([str(a) for a in arguments]), RunContext(RecordingEmit()))


def written(path, order, seed, is_flipped=False):
    """Write four bands in an order; classes are the halves, which only the near infrared tells apart."""
    rng = np.random.default_rng(seed)
    values = {name: rng.normal(90, 12, (SIDE, SIDE)) for name in ("red", "green", "blue")}
    nir = rng.normal(60, 12, (SIDE, SIDE))
    nir[:, SIDE // 2 :] += 110
    values["nir"] = nir[:, ::-1] if is_flipped else nir
    profile = {
        "driver": "GTiff", "width": SIDE, "height": SIDE, "count": 4, "dtype": "uint8", "crs": "EPSG:32633",
        "transform": rasterio.Affine(10, 0, 500_000, 0, -10, 4_650_000),
    }  # fmt: skip
    with rasterio.open(path, "w", **profile) as file:
        for number, name in enumerate(order, 1):
            file.write(values[name].clip(1, 255).astype(np.uint8), number)
            file.set_band_description(number, name.upper())
    return path


@pytest.fixture
def drawn(tmp_path):
    """Points of both classes, as GeoJSON in the raster's coordinates."""
    rng = np.random.default_rng(1)
    features = []
    for class_id, name, left in ((1, "Bare", 0), (2, "Crop", SIDE // 2)):
        for _ in range(14):
            col, row = left + rng.uniform(10, SIDE // 2 - 10), rng.uniform(10, SIDE - 10)
            place = [500_000 + 10 * col, 4_650_000 - 10 * row]
            features.append(
                f'{{"type":"Feature","properties":{{"class_id":{class_id},"class_name":"{name}"}},'
                f'"geometry":{{"type":"Point","coordinates":{place}}}}}'
            )
    crs = '"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::32633"}}'
    path = tmp_path / "examples.geojson"
    path.write_text(f'{{"type":"FeatureCollection",{crs},"features":[{",".join(features)}]}}')
    return path


def right_share(path):
    with rasterio.open(path) as file:
        classes = file.read(1)
    return float(((classes == 2) == (np.arange(SIDE)[None] >= SIDE // 2)).mean())


def test_what_only_infrared_shows_is_learnt_and_found_by_name_in_another_order(drawn, tmp_path):
    image = written(tmp_path / "image.tif", ("red", "green", "blue", "nir"), 0)
    other = written(tmp_path / "other.tif", ("nir", "blue", "green", "red"), 5, is_flipped=True)

    call(teach, image, drawn, "--out", tmp_path / "four.safetensors", "--bands", "all")
    maps = {
        raster.stem: call(
            segment, raster, "--checkpoint", tmp_path / "four.safetensors", "--out", tmp_path / "maps", "--formats", "",
            "--device", "cpu",
        )["class_raster"]
        for raster in (image, other)
    }  # fmt: skip

    card = read_card(tmp_path / "four.safetensors")
    assert card.bands == ("red", "green", "blue", "nir")
    assert card.normalization.mean[3] == pytest.approx(115, abs=6)
    assert card.normalization.std[3] == pytest.approx(56, abs=6)
    assert right_share(maps["image"]) > 0.97
    assert right_share(maps["other"]) < 0.25  # its halves are exchanged: nothing but the infrared tells


def test_bands_are_named_numbered_or_all(tmp_path):
    image = written(tmp_path / "image.tif", ("blue", "green", "red", "nir"), 0)

    assert band_numbers(band_list("nir,red,2"), str(image)) == (4, 3, 2)
    assert band_numbers(band_list("all"), str(image)) == (3, 2, 1, 4)
    with pytest.raises(InvalidJob, match="0 bands called 'swir1'; its bands are 1 blue, 2 green, 3 red, 4 nir"):
        band_numbers(band_list("swir1"), str(image))
