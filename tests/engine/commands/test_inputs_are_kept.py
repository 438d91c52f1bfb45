"""`--overwrite` never lets a result replace a file that the command reads, whatever the two are called."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import rasterio
import shapely
from fakes import fake_checkpoint
from fault_support import CRS, command, noise, segment, write_mosaic, write_raster

from uhr_landcover.engine.contract.events import ErrorCode
from uhr_landcover.engine.contract.job import AreaOfInterest, PolygonSpec
from uhr_landcover.engine.raster.input_files import local_files
from uhr_landcover.engine.system.errors import OutputError
from uhr_landcover.engine.system.guard import refuse_inputs
from uhr_landcover.models.checkpoint import save_checkpoint
from uhr_landcover.models.legend import load_legend

LEGEND = json.dumps(load_legend().to_dict())


@pytest.fixture
def data(tmp_path):
    """A folder with a class raster, an image, zones, a legend and a confidence raster."""
    folder = tmp_path / "data"
    folder.mkdir()
    classes = np.kron(np.array([[1, 2], [3, 1]], np.uint8), np.ones((8, 8), np.uint8))
    write_raster(folder / "c.tif", classes, nodata=255)
    write_raster(folder / "i.tif", noise(16, 16))
    write_raster(folder / "sure.tif", np.full((16, 16), 90, np.uint8))
    write_raster(folder / "c.gpkg", classes, driver="GPKG")
    zone = shapely.to_wkb(np.array([shapely.box(500_001, 5_399_995, 500_005, 5_399_999)]))
    for name in ("z.gpkg", "z.shp", "z.geojson"):
        pyogrio.raw.write(folder / name, geometry=zone, field_data=[], fields=[], geometry_type="Polygon", crs=CRS)
    (folder / "z.json").write_text(LEGEND)
    write_mosaic(folder / "m.vrt", 16, 16, [("c.tif", 0, 0, 16, 16)], bands=1, extra="<NoDataValue>255</NoDataValue>")
    return folder


CASES = {
    "areas: the raster": ("areas", ["c.tif"], "c.tif"),
    "areas: the zones": ("areas", ["c.tif", "--zones", "z.gpkg"], "z.gpkg"),
    "areas: the zones' table": ("areas", ["c.tif", "--zones", "z.shp"], "z.dbf"),
    "areas: the area": ("areas", ["c.tif", "--area", "z.geojson"], "z.geojson"),
    "areas: a legend beside the table": ("areas", ["c.tif", "--legend", "z.json"], "z.csv"),
    "areas: a member of the mosaic": ("areas", ["m.vrt"], "c.tif"),
    "picture: the raster": ("picture", ["c.tif"], "c.tif"),
    "picture: the image": ("picture", ["c.tif", "--raster", "i.tif"], "i.tif"),
    "picture: the legend": ("picture", ["c.tif", "--legend", "z.json"], "z.json"),
    "vectorize: a raster GeoPackage": ("vectorize", ["c.gpkg", "--formats", "gpkg"], "c"),
    "vectorize: a raster GeoPackage, ending given": ("vectorize", ["c.gpkg"], "c.gpkg"),
}


@pytest.mark.parametrize("alias", ["same", "link", "hard link", "other case"])
@pytest.mark.parametrize(("name", "args", "out"), CASES.values(), ids=CASES)
def test_result_that_is_an_input_is_refused_and_the_input_whole(data, name, args, out, alias):
    given = [str(data / a) if (data / a).exists() else a for a in args]
    target = data / out
    if alias == "other case":
        target = data / ("Z.csv" if out == "z.csv" else out.upper())
    elif alias != "same":
        if sys.platform == "win32":
            pytest.skip("links need a right on Windows")
        real = {"c": "c.gpkg", "z.csv": "z.json"}.get(out, out)
        other = data / f"other{Path(real).suffix}"
        (os.symlink if alias == "link" else os.link)(data / real, other)
        target = data / {"c": "other", "z.csv": "other.csv"}.get(out, other.name)
    before = {p.name: p.read_bytes() for p in data.iterdir()}

    with pytest.raises(OutputError, match=r"would replace .*, which is read") as caught:
        command(name, *given, "--out", target, "--overwrite")

    assert caught.value.code is ErrorCode.OUTPUT_IS_INPUT
    assert {p.name: p.read_bytes() for p in data.iterdir()} == before


def test_run_that_would_replace_its_area_is_refused(data):
    shutil.copy(data / "z.gpkg", data / "i_landcover_polygons.gpkg")
    area = AreaOfInterest(polygons=str(data / "i_landcover_polygons.gpkg"))

    with pytest.raises(OutputError, match=r"would replace i_landcover_polygons.gpkg, which is read"):
        segment(data / "i.tif", data, area=area, output={"overwrite": True, "vector_formats": ["gpkg"]})


def test_chips_that_would_replace_the_folder_of_their_images_are_refused(data):
    shutil.copy(data / "c.tif", data / "mask.tif")
    command("prepare", data / "chips", "--pair", data / "i.tif", data / "mask.tif", "--chip-px", 32)
    image, mask = next((data / "chips" / "images").iterdir()), next((data / "chips" / "labels").iterdir())

    with pytest.raises(OutputError, match=r"chips would replace .*, which is read"):
        command("prepare", data / "chips", "--pair", image, mask, "--chip-px", 32, "--overwrite")

    assert image.exists()


def test_chips_never_replace_a_folder_with_something_of_the_users_in_it(data):
    command("prepare", data / "chips", "--pair", data / "i.tif", data / "c.tif", "--chip-px", 32)
    (data / "chips" / "notes.txt").write_text("mine")

    with pytest.raises(OutputError, match=r"holds 'notes.txt'"):
        command("prepare", data / "chips", "--pair", data / "i.tif", data / "c.tif", "--chip-px", 32, "--overwrite")

    assert (data / "chips" / "notes.txt").read_text() == "mine"


def test_table_under_the_name_of_a_link_replaces_the_link_and_not_what_it_leads_to(data, tmp_path):
    (tmp_path / "ours").mkdir()
    precious = tmp_path / "thesis.csv"
    precious.write_text("three years")
    link = tmp_path / "ours" / "a.csv"
    link.symlink_to(precious)

    with pytest.raises(OutputError, match="already there"):
        command("areas", data / "c.tif", "--out", link)
    command("areas", data / "c.tif", "--out", link, "--overwrite")

    assert precious.read_text() == "three years"
    assert not link.is_symlink()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["data", "ours", "thesis.csv"]


def test_link_that_leads_nowhere_counts_as_there(data, tmp_path):
    (tmp_path / "a.csv").symlink_to(tmp_path / "gone.csv")

    with pytest.raises(OutputError, match="already there"):
        command("areas", data / "c.tif", "--out", tmp_path / "a.csv")


def test_model_that_is_read_is_never_written(data):
    save_checkpoint(data / "m.safetensors", fake_checkpoint().network, fake_checkpoint().card)
    before = (data / "m.safetensors").read_bytes()

    with pytest.raises(OutputError, match=r"would replace m.safetensors"):
        command("export-checkpoint", data / "m.safetensors", "--out", data / "m.safetensors")
    with pytest.raises(OutputError, match=r"would replace m.safetensors"):
        command("import-checkpoint", data / "m.safetensors", "--out", data / "m.safetensors", "--method", "isdnet")
    with pytest.raises(OutputError, match=r"would replace m.safetensors"):
        command("fine-tune", data / "m.safetensors", "--data", data, "--out", data, "--name", "m", "--steps", 1)

    assert (data / "m.safetensors").read_bytes() == before


def test_composed_letters_are_the_same_name(tmp_path):
    with pytest.raises(OutputError):
        refuse_inputs([tmp_path / "M\u00fcnchen.csv"], [tmp_path / "Mu\u0308nchen.csv"])


def test_name_that_gdal_alone_knows_leads_to_its_file(data):
    for name in (
        f"GPKG:{data / 'c.gpkg'}:c",
        f'NETCDF:"{data / "c.gpkg"}":band',
        f"/vsizip/{data / 'c.gpkg'}/inner.tif",
    ):
        assert list(local_files(name)) == [str(data / "c.gpkg")]


def test_geopackage_that_another_program_has_open_is_not_replaced(data, tmp_path):
    out = tmp_path / "v.gpkg"
    command("vectorize", data / "c.tif", "--out", out)
    script = (
        "import sqlite3, sys; d = sqlite3.connect(sys.argv[1]); d.execute('PRAGMA journal_mode=WAL');"
        "d.execute('CREATE TABLE mine (x)'); d.commit(); print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(out)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline() == "open\n"
        with pytest.raises(OutputError, match=r"v.gpkg is in use by another program"):
            command("vectorize", data / "c.tif", "--out", out, "--overwrite")
        other.stdin.close()
        other.wait()

    with closing(sqlite3.connect(out)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("SELECT count(*) FROM mine").fetchone() == (0,)


@pytest.mark.parametrize("ending", ["-wal", "-shm", "-journal"])
def test_log_that_a_crashed_program_left_goes_with_the_geopackage(data, tmp_path, ending):
    out = tmp_path / "v.gpkg"
    command("vectorize", data / "c.tif", "--out", out)
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE t (x)")
        database.executemany("INSERT INTO t VALUES (?)", [(b"x" * 4000,)] * 30)
        database.commit()
        log = Path(f"{other}-wal").read_bytes()
    side = Path(f"{out}{ending}")
    side.write_bytes(log)

    command("vectorize", data / "c.tif", "--out", out, "--overwrite")

    assert not side.exists()
    with closing(sqlite3.connect(out)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert pyogrio.read_info(out, layer="v")["features"] == 4


def test_log_without_its_geopackage_counts_as_there(data, tmp_path):
    Path(tmp_path / "v.gpkg-wal").write_bytes(b"old")

    with pytest.raises(OutputError, match=r"v.gpkg-wal is already there"):
        command("vectorize", data / "c.tif", "--out", tmp_path / "v.gpkg")


def test_overviews_of_the_older_map_are_not_shown_with_the_newer(data, tmp_path):
    segment(data / "i.tif", tmp_path / "out")
    stale = tmp_path / "out" / "i_landcover.tif.ovr"
    shutil.copy(data / "c.tif", stale)
    stale_index = tmp_path / "out" / "i_landcover_polygons.qix"
    stale_index.write_bytes(b"old")

    segment(data / "i.tif", tmp_path / "out", output={"overwrite": True, "vector_formats": ["shp"]})

    assert not stale.exists()
    assert not stale_index.exists()
    with rasterio.open(tmp_path / "out" / "i_landcover.tif") as raster:
        assert raster.overviews(1) == []


def test_files_of_single_classes_are_not_replaced_without_leave(data, tmp_path):
    (tmp_path / "out").mkdir()
    mine = tmp_path / "out" / "i_landcover_polygons_1_urban_land.geojson"
    mine.write_text("mine")

    with pytest.raises(OutputError, match="is already in"):
        segment(
            data / "i.tif",
            tmp_path / "out",
            output={"vector_formats": ["geojson"], "polygons": PolygonSpec(layer_per_class=True)},
        )

    assert mine.read_text() == "mine"


def test_vectorize_takes_the_ending_of_a_format_as_the_format(data, tmp_path):
    made = command("vectorize", data / "c.tif", "--out", tmp_path / "p.gpkg")
    more = command("vectorize", data / "c.tif", "--out", tmp_path / "q.v2")

    assert sorted(Path(f).name for f in made["files"]) == ["p.gpkg", "p.qml", "p.sld"]
    assert {Path(f).name for f in more["files"]} >= {"q.v2.gpkg", "q.v2.shp", "q.v2.qml"}
    assert pyogrio.list_layers(tmp_path / "p.gpkg")[0][0] == "p"
