"""Class rasters of any values: nothing counts as no data but what the file says, and every value keeps its name."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import rasterio
import rasterio.shutil
from fakes import RecordingEmit
from fault_support import command, write_mosaic, write_raster
from PIL import Image

from uhr_landcover.engine.raster.classes.class_legend import legend_of, numbered_legend
from uhr_landcover.engine.raster.classes.class_raster import ClassRaster, iterate_strips
from uhr_landcover.engine.raster.classes.value_names import values_of_legend, values_of_raster
from uhr_landcover.engine.raster.opening import open_raster
from uhr_landcover.engine.system.errors import InvalidJob, RasterError
from uhr_landcover.models.legend import one_line

NLCD = {11: "Open Water", 21: "Developed", 41: "Deciduous Forest", 95: "Wetlands"}
CORINE = {111: "Urban", 312: "Conifers", 523: "Sea", 999: "Glacier"}
QUARTERS = np.kron(np.array([[0, 1], [2, 3]]), np.ones((10, 10), int))


def table(path: Path) -> dict[int, tuple[str, int]]:
    with path.open(encoding="utf-8") as file:
        return {int(r["class_id"]): (r["class_name"], int(r["pixels"])) for r in csv.DictReader(file)}


def areas(raster, tmp_path, *more) -> dict[int, tuple[str, int]]:
    command("areas", raster, "--out", tmp_path / "a.csv", "--overwrite", *more)
    return table(tmp_path / "a.csv")


def legend_file(path: Path, names: dict[int, str]) -> Path:
    classes = [{"id": v, "name": n, "color": [v % 256, 2, 3]} for v, n in names.items()]
    path.write_text(json.dumps({"name": "x", "title": "X", "classes": classes}), encoding="utf-8")
    return path


def sparse(values, dtype="uint8") -> np.ndarray:
    return np.array(list(values))[QUARTERS].astype(dtype)


@pytest.mark.parametrize("dtype", ["uint8", "int8", "uint16", "int16", "uint32", "int32", "uint64", "int64"])
def test_every_value_counts_in_every_integer_type_without_nodata(tmp_path, dtype):
    largest = min(np.iinfo(dtype).max, 2**31 - 1)
    raster = write_raster(tmp_path / "c.tif", sparse([0, 1, largest - 1, largest], dtype))

    assert areas(raster, tmp_path) == {v: (f"Class {v}", 100) for v in (0, 1, largest - 1, largest)}


@pytest.mark.parametrize("nodata", [0, 7, 255])
def test_only_the_declared_value_is_without_data(tmp_path, nodata):
    raster = write_raster(tmp_path / "c.tif", sparse([0, 7, 254, 255]), nodata=nodata)

    assert areas(raster, tmp_path) == {v: (f"Class {v}", 100) for v in (0, 7, 254, 255) if v != nodata}


def test_class_255_without_nodata_becomes_polygons_and_a_picture(tmp_path):
    raster = write_raster(tmp_path / "c.tif", sparse([1, 2, 255, 1]))

    command("vectorize", raster, "--out", tmp_path / "v.gpkg")
    legend = legend_file(tmp_path / "l.json", {1: "a", 2: "b", 255: "c"})
    command("picture", raster, "--out", tmp_path / "p.png", "--legend", legend)

    meta, _, _, fields = pyogrio.raw.read(tmp_path / "v.gpkg", layer="v", read_geometry=False)
    columns = dict(zip(meta["fields"], fields, strict=True))
    assert sorted(columns["class_id"].tolist()) == [1, 1, 2, 255]
    assert (255, 2, 3) in {c for _, c in Image.open(tmp_path / "p.png").convert("RGB").getcolors(1 << 24)}


@pytest.mark.parametrize(
    ("dtype", "nodata"),
    [("uint64", 2**64 - 1), ("int64", 2**63 - 1), ("int64", -(2**63)), ("uint64", 2**53 + 1), ("int64", 0)],
)
def test_nodata_of_64_bits_is_exact(tmp_path, dtype, nodata):
    """rasterio holds nodata as a float, which knows 53 bits, so a VRT declares it."""
    values = (
        sparse([1, 2, 3, nodata], dtype)
        if nodata < 2**63
        else np.where(QUARTERS == 3, np.uint64(nodata), (QUARTERS + 1).astype("uint64"))
    )
    write_raster(tmp_path / "c.tif", values)
    mosaic = write_mosaic(
        tmp_path / "m.vrt", 20, 20, [("c.tif", 0, 0, 20, 20)], bands=1, extra=f"<NoDataValue>{nodata}</NoDataValue>"
    )
    mosaic.write_text(
        mosaic.read_text().replace(
            'dataType="Byte"',
            f'dataType="{dtype.replace("ui", "UI").replace("int", "Int") if dtype[0] == "i" else "UInt64"}"',
        )
    )

    assert {v: n for v, (_, n) in areas(mosaic, tmp_path).items()} == {1: 100, 2: 100, 3: 100}


def test_value_that_polygon_files_cannot_hold_is_refused_by_a_sentence(tmp_path):
    raster = write_raster(tmp_path / "c.tif", np.where(QUARTERS == 3, np.uint64(2**64 - 1), np.uint64(1)))

    with pytest.raises(RasterError, match="holds values of 1 to 18446744073709551615; class values are at most"):
        areas(raster, tmp_path)


def test_more_than_255_values_are_refused_by_a_sentence(tmp_path):
    raster = write_raster(tmp_path / "c.tif", np.arange(256, dtype=np.uint8).reshape(16, 16))

    with pytest.raises(RasterError, match="more than 255 different values"):
        areas(raster, tmp_path)


def test_255_values_are_all_classes(tmp_path):
    raster = write_raster(tmp_path / "c.tif", np.maximum(np.arange(256), 1).astype(np.uint8).reshape(16, 16))

    assert len(areas(raster, tmp_path)) == 255


def test_gap_between_members_of_a_class_mosaic_is_no_class(tmp_path):
    write_raster(tmp_path / "c.tif", np.full((10, 10), 3, np.uint8))
    mosaic = write_mosaic(tmp_path / "m.vrt", 30, 10, [("c.tif", 0, 0, 10, 10), ("c.tif", 20, 0, 10, 10)], bands=1)

    assert areas(mosaic, tmp_path) == {3: ("Class 3", 200)}


def attribute_table(raster: Path, rows, *, fields, head="") -> None:
    """Write GDAL's side file with an attribute table of (name, type, usage) columns."""
    defined = "".join(
        f'<FieldDefn index="{i}"><Name>{n}</Name><Type>{t}</Type><Usage>{u}</Usage></FieldDefn>'
        for i, (n, t, u) in enumerate(fields)
    )
    cells = "".join(f'<Row index="{i}">{"".join(f"<F>{v}</F>" for v in row)}</Row>' for i, row in enumerate(rows))
    raster.with_name(f"{raster.name}.aux.xml").write_text(
        f'<PAMDataset><PAMRasterBand band="1"><GDALRasterAttributeTable tableType="thematic"{head}>{defined}{cells}'
        "</GDALRasterAttributeTable></PAMRasterBand></PAMDataset>",
        encoding="utf-8",
    )


def test_names_come_from_a_raster_attribute_table(tmp_path):
    raster = write_raster(tmp_path / "nlcd.tif", sparse(NLCD), nodata=0)
    fields = [("Value", 0, 5), ("Count", 0, 1), ("Class", 2, 2), ("R", 0, 6), ("G", 0, 7), ("B", 0, 8)]
    attribute_table(raster, [(v, 9, n, v, 1, 2) for v, n in NLCD.items()], fields=fields)

    assert areas(raster, tmp_path) == {v: (n, 100) for v, n in NLCD.items()}
    assert [c.color for c in legend_of(raster).classes] == [(v, 1, 2) for v in NLCD]


def test_names_come_from_a_table_that_says_no_usage(tmp_path):
    raster = write_raster(tmp_path / "nlcd.tif", sparse(NLCD))
    fields = [("VALUE", 0, 0), ("COUNT", 1, 0), ("NLCD_Land_Cover", 2, 0)]
    fields += [("Red", 1, 0), ("Green", 1, 0), ("Blue", 1, 0)]
    attribute_table(raster, [(v, 9.0, n, 0.5, 0.0, 1.0) for v, n in NLCD.items()], fields=fields)

    assert areas(raster, tmp_path) == {v: (n, 100) for v, n in NLCD.items()}
    assert {c.color for c in legend_of(raster).classes} == {(128, 0, 255)}


def test_names_come_from_a_table_without_values_by_its_bins(tmp_path):
    raster = write_raster(tmp_path / "c.tif", sparse([0, 1, 2, 3]))
    rows, head = [("a",), ("b",), ("",), ("d",)], ' Row0Min="-0.5" BinSize="1"'
    attribute_table(raster, rows, fields=[("Class_Names", 2, 2)], head=head)

    assert areas(raster, tmp_path) == {0: ("a", 100), 1: ("b", 100), 2: ("Class 2", 100), 3: ("d", 100)}


def test_names_come_from_an_erdas_imagine_file(tmp_path):
    raster = write_raster(tmp_path / "nlcd.tif", sparse([0, 1, 2, 3]))
    attribute_table(raster, [(v, f"n{v}") for v in range(4)], fields=[("Value", 0, 5), ("Class", 2, 2)])
    rasterio.shutil.copy(raster, tmp_path / "n.img", driver="HFA")
    (tmp_path / "n.img.aux.xml").unlink(missing_ok=True)

    assert areas(tmp_path / "n.img", tmp_path) == {v: (f"n{v}", 100) for v in range(4)}


def test_names_come_from_an_envi_header(tmp_path):
    names = list(NLCD.values())
    raster = write_raster(tmp_path / "envi.dat", sparse([0, 1, 2, 3]), driver="ENVI")
    header = (tmp_path / "envi.hdr").read_text().replace("ENVI Standard", "ENVI Classification")
    colors = "class lookup = {0,0,255, 255,0,0, 0,255,0, 0,255,255}"
    named = f"class names = {{{', '.join(names)}}}"
    (tmp_path / "envi.hdr").write_text(f"{header}classes = 4\n{colors}\n{named}\n")

    assert areas(raster, tmp_path) == {k: (n, 100) for k, n in enumerate(names)}
    assert legend_of(raster).classes[0].color == (0, 0, 255)


def test_names_come_from_the_value_table_of_esri(tmp_path):
    raster = write_raster(tmp_path / "nlcd.tif", sparse(NLCD))
    fields = [np.array(list(NLCD)), np.array(list(NLCD.values()), object)]
    names = ["VALUE", "NLCD_LAND"]
    pyogrio.raw.write(tmp_path / "t.dbf", geometry=None, field_data=fields, fields=names, driver="ESRI Shapefile")
    (tmp_path / "t.dbf").rename(tmp_path / "nlcd.tif.vat.dbf")

    assert areas(raster, tmp_path) == {v: (n, 100) for v, n in NLCD.items()}


def test_category_names_come_from_the_first_band_with_their_gaps(tmp_path):
    raster = write_raster(tmp_path / "c.tif", sparse([0, 1, 2, 3]))
    raster.with_name("c.tif.aux.xml").write_text(
        '<PAMDataset><PAMRasterBand band="1"><CategoryNames><Category>Bäume &amp; Co &lt;1&gt;</Category><Category/>'
        "<Category></Category><Category>Water</Category></CategoryNames></PAMRasterBand></PAMDataset>",
        encoding="utf-8",
    )

    assert [n for n, _ in areas(raster, tmp_path).values()] == ["Bäume & Co <1>", "Class 1", "Class 2", "Water"]


@pytest.mark.parametrize("body", ["", "no markup", '<PAMDataset><PAMRasterBand band="1"><CategoryNames><Category>Cut'])
def test_damaged_side_file_gives_no_names_and_no_error(tmp_path, body):
    raster = write_raster(tmp_path / "c.tif", sparse([0, 1, 2, 3]))
    raster.with_name("c.tif.aux.xml").write_text(body)

    assert [n for n, _ in areas(raster, tmp_path).values()] == ["Class 0", "Class 1", "Class 2", "Class 3"]


def test_side_file_with_definitions_of_its_own_is_harmless(tmp_path):
    """Entities that name each other ten times over become gigabytes in a parser; GDAL knows none."""
    raster = write_raster(tmp_path / "c.tif", sparse([0, 1, 2, 3]))
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    raster.with_name("c.tif.aux.xml").write_text(
        f'{bomb}<PAMDataset><PAMRasterBand band="1"><CategoryNames><Category>&b;</Category></CategoryNames>'
        "</PAMRasterBand></PAMDataset>"
    )

    with open_raster(raster) as dataset:
        assert "aaaa" not in str(values_of_raster(dataset).names)


@pytest.mark.parametrize(
    ("names", "dtype", "nodata"),
    [(NLCD, "uint8", 0), (NLCD, "uint8", 255), (CORINE, "int16", -1)],
    ids=["NLCD", "NLCD with 255", "CORINE"],
)
def test_legend_file_names_sparse_values(tmp_path, names, dtype, nodata):
    raster = write_raster(tmp_path / "c.tif", sparse(list(names), dtype), nodata=nodata)
    legend = legend_file(tmp_path / "l.json", {**names, 80: "not there"} if dtype == "uint8" else names)

    found = areas(raster, tmp_path, "--legend", legend)

    assert {v: row for v, row in found.items() if row[1]} == {v: (n, 100) for v, n in names.items()}


def test_sparse_values_keep_their_names_in_polygons_and_styles(tmp_path):
    names = CORINE
    raster = write_raster(tmp_path / "c.tif", sparse(list(names), "int16"), nodata=-1)

    command("vectorize", raster, "--out", tmp_path / "v.gpkg", "--legend", legend_file(tmp_path / "l.json", names))

    meta, _, _, fields = pyogrio.raw.read(tmp_path / "v.gpkg", layer="v", read_geometry=False)
    columns = dict(zip(meta["fields"], fields, strict=True))
    assert dict(zip(columns["class_id"].tolist(), columns["class_name"].tolist(), strict=True)) == names
    style = (tmp_path / "v.qml").read_text(encoding="utf-8")
    assert all(f'value="{v}"' in style for v in names)


def test_prepare_numbers_the_classes_of_a_sparse_legend(tmp_path):
    image = write_raster(tmp_path / "i.tif", np.full((3, 40, 40), 99, np.uint8))
    mask = write_raster(tmp_path / "m.tif", np.kron(sparse([11, 21, 41, 255]), np.ones((2, 2), np.uint8)))
    legend = legend_file(tmp_path / "l.json", {11: "Water", 21: "Developed", 41: "Forest", 255: "Cloud"})

    command("prepare", tmp_path / "chips", "--pair", image, mask, "--chip-px", 64, "--legend", legend)

    label = np.asarray(Image.open(next((tmp_path / "chips" / "labels").iterdir())))
    assert np.unique(label, return_counts=True)[1].tolist() == [400] * 4
    assert np.unique(label).tolist() == [0, 1, 2, 3]
    index = json.loads((tmp_path / "chips" / "index.json").read_text())
    assert [c["name"] for c in index["legend"]["classes"]] == ["Water", "Developed", "Forest", "Cloud"]


def test_prepare_tells_of_255_that_neither_file_nor_legend_explains(tmp_path):
    image = write_raster(tmp_path / "i.tif", np.full((3, 40, 40), 99, np.uint8))
    mask = write_raster(tmp_path / "m.tif", np.kron(sparse([0, 1, 2, 255]), np.ones((2, 2), np.uint8)))
    emit = RecordingEmit()

    command("prepare", tmp_path / "chips", "--pair", image, mask, "--chip-px", 64, emit=emit)

    sentence = "m.tif holds pixels of the value 255, which the legend lacks; they are taken as not labelled."
    assert emit.warnings == [sentence]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"id": "1"}, "Class 1 of it has the id '1'; expected a whole number"),
        ({"id": True}, "Class 1 of it has the id 'True'"),
        ({"id": 1.5}, "Class 1 of it has the id '1.5'"),
        ({"id": 2**40}, "expected a whole number"),
        ({"name": 5}, "Class 1 of it has no name"),
        ({"color": [1, 2]}, "Class 1 of it has the colour"),
        ({"color": [1, 2, 256]}, "expected three numbers of 0 to 255"),
        ({"color": "red"}, "Class 1 of it has the colour red"),
    ],
)
def test_legend_with_a_wrong_entry_is_refused_by_a_sentence(change, sentence):
    with pytest.raises(ValueError, match=sentence):
        values_of_legend({"classes": [{"id": 1, "name": "a", "color": [1, 2, 3], **change}]})


@pytest.mark.parametrize("data", [None, [], {}, {"classes": 5}, {"classes": []}, {"classes": [5]}])
def test_legend_without_classes_is_refused_by_a_sentence(data):
    with pytest.raises(ValueError, match=r"classes|no object"):
        values_of_legend(data)


def test_legend_that_has_an_id_twice_is_refused():
    row = {"id": 1, "name": "a", "color": [1, 2, 3]}

    with pytest.raises(ValueError, match="class id 1 twice"):
        values_of_legend({"classes": [row, row]})


def test_legend_of_more_classes_than_a_raster_holds_is_refused_for_training(tmp_path):
    with pytest.raises(InvalidJob, match="has 300 classes; 255 are possible"):
        numbered_legend(str(legend_file(tmp_path / "l.json", {k: f"n{k}" for k in range(300)})))


@pytest.mark.parametrize("text", ["\ufeff{}", "[" * 100_000, "{", ""])
def test_legend_file_that_is_no_legend_is_refused_by_a_sentence(tmp_path, text):
    path = tmp_path / "l.json"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(InvalidJob, match=r"cannot be used: .*(classes|nested|Expecting)"):
        numbered_legend(str(path))


def test_legend_file_with_a_byte_order_mark_is_read(tmp_path):
    path = legend_file(tmp_path / "l.json", NLCD)
    path.write_text("\ufeff" + path.read_text(encoding="utf-8"), encoding="utf-8")

    assert numbered_legend(str(path))[1] == tuple(NLCD)


def test_class_name_with_line_breaks_and_controls_is_drawn_and_told_as_it_is(tmp_path):
    raster = write_raster(tmp_path / "c.tif", sparse([1, 2, 1, 2]), nodata=0)
    names = {1: "Wood\nland\t\x00\u202eevil", 2: "Wiese 🌿 ἀγρός 草地"}
    legend = legend_file(tmp_path / "l.json", names)

    command("picture", raster, "--out", tmp_path / "p.png", "--legend", legend)
    found = command("areas", raster, "--out", tmp_path / "a.csv", "--legend", legend)

    assert [row["class_name"] for row in found["areas"]] == list(names.values())
    assert one_line(names[1]) == "Wood land evil"


def test_strips_of_numbered_rasters_hold_what_the_file_holds(tmp_path):
    values = np.random.default_rng(0).choice(np.array([3, 70, 255, 90], np.uint8), (50, 30))
    raster = write_raster(tmp_path / "c.tif", values, nodata=90)

    with ClassRaster(raster) as opened:
        ids = np.concatenate([rows for _, rows in iterate_strips(opened, 7)])
        assert opened.values == (3, 70, 255)
        assert (np.where(values == 90, 255, np.searchsorted([3, 70, 255], values)) == ids).all()
