"""What became what between two maps: properties of the matrix, resampling, strips of misregistration, strata."""

import argparse
import json
from pathlib import Path

import cv2
import numpy as np
import pyogrio
import pytest
import rasterio
import shapely
from affine import Affine
from hypothesis import given, settings
from hypothesis import strategies as st

from uhr_landcover.engine.change.image_shift import measure_shift
from uhr_landcover.engine.change.misregistration import BorderStrips
from uhr_landcover.engine.commands import change
from uhr_landcover.engine.system.errors import InvalidJob, UhrError
from uhr_landcover.engine.system.run_context import RunContext

NAMES = ["water", "forest", "grass", "built"]
PLACE = {"crs": "EPSG:3035", "nodata": 255}


def legend_tag(names):
    classes = [{"id": k, "name": n, "color": [60 * k, 200 - 40 * k, 90]} for k, n in enumerate(names)]
    return {"UHR_LEGEND": json.dumps({"name": "x", "title": "X", "unknown_id": None, "classes": classes})}


@pytest.fixture
def make_map(make_raster):
    def make(ids, name, names=NAMES, pixel=10.0, corner=(4_300_000, 3_200_000), **place):
        transform = Affine(pixel, 0, corner[0], 0, -pixel, corner[1])
        return make_raster(
            np.asarray(ids, np.uint8)[None], name, tags=legend_tag(names), **{**PLACE, "transform": transform, **place}
        )

    return make


def run(old, new, out, *more):
    parser = argparse.ArgumentParser()
    change.add_arguments(parser)
    args = parser.parse_args([str(w) for w in (old, new, "--out", out, *more)])
    return change.execute(args, RunContext())


def blobs(seed, height=120, width=150, k=4, blur=6.0):
    rng = np.random.default_rng(seed)
    fields = [cv2.GaussianBlur(rng.random((height, width), dtype=np.float32), (0, 0), blur) for _ in range(k)]
    return np.stack(fields).argmax(axis=0).astype(np.uint8)


def read(path):
    with rasterio.open(path) as raster:
        return raster.read(1), json.loads(raster.tags()["UHR_LEGEND"])


def test_same_map_twice_is_all_stable(make_map, tmp_path):
    path = make_map(blobs(1), "a.tif")

    found = run(path, path, tmp_path / "r", "--shift-m", 20)["change"]

    area = np.array(found["area_ha"])
    assert (area == np.diag(np.diag(area))).all()
    assert all(r["gain_ha"] == r["loss_ha"] == r["net_ha"] == 0 for r in found["per_class"])
    assert area.sum() == pytest.approx(120 * 150 * 0.01)


def test_swapping_dates_transposes_the_matrix_and_sums_are_the_maps_areas(make_map, tmp_path):
    ids = blobs(1), blobs(2)
    ids[0][:5] = 255
    ids[1][:, :7] = 255
    old, new = make_map(ids[0], "a.tif"), make_map(ids[1], "b.tif")

    there = np.array(run(old, new, tmp_path / "r")["change"]["area_ha"])
    back = np.array(run(new, old, tmp_path / "s")["change"]["area_ha"])

    assert there == pytest.approx(back.T, rel=1e-12)
    both = (ids[0] != 255) & (ids[1] != 255)
    for axis, values in ((1, ids[0]), (0, ids[1])):
        assert there.sum(axis=axis) == pytest.approx(np.bincount(values[both], minlength=4) * 0.01)


def test_areas_with_a_class_on_one_map_only_are_told_apart(make_map, tmp_path):
    ids = blobs(1), blobs(2)
    ids[0][:5], ids[1][:, :7] = 255, 255

    rows = run(*(make_map(v, f"{k}.tif") for k, v in enumerate(ids)), tmp_path / "r")["change"]["per_class"]

    for values, whole, only in ((ids[0], "old_ha", "old_only_ha"), (ids[1], "new_ha", "new_only_ha")):
        assert all(r[only] > 0 for r in rows)
        assert [r[whole] + r[only] for r in rows] == pytest.approx(
            np.bincount(values[values != 255], minlength=4) * 0.01
        )


def test_change_raster_tells_every_transition(make_map, tmp_path):
    ids = blobs(1), blobs(2)
    ids[0][3, 4] = 255

    made = run(make_map(ids[0], "a.tif"), make_map(ids[1], "b.tif"), tmp_path / "r")

    values, legend = read(tmp_path / "r.tif")
    rows = {t["class_id"]: t for t in made["change"]["transitions"]}
    pairs = {k: (NAMES.index(t["old_class"]), NAMES.index(t["new_class"])) for k, t in rows.items()}
    for k, (a, b) in pairs.items():
        assert ((values == k) == ((ids[0] == a) & (ids[1] == b))).all()
        assert rows[k]["pixels"] == (values == k).sum()
    assert values[3, 4] == 255
    assert [c["name"] for c in legend["classes"]][:4] == [f"{n} (stable)" for n in NAMES]
    assert "water → forest" in {c["name"] for c in legend["classes"]}


def test_change_polygons_tile_exactly(make_map, tmp_path):
    ids = blobs(1), blobs(2)

    run(make_map(ids[0], "a.tif"), make_map(ids[1], "b.tif"), tmp_path / "r")

    values, _ = read(tmp_path / "r.tif")
    meta, _, wkb, columns = pyogrio.raw.read(tmp_path / "r_polygons.gpkg")
    shapes, fields = shapely.from_wkb(wkb), meta["fields"].tolist()
    pixels = np.bincount(columns[fields.index("class_id")], columns[fields.index("pixels")], 256)
    assert pixels.tolist() == np.bincount(values.ravel(), minlength=256).tolist()
    assert shapely.coverage_is_valid(shapes)
    assert shapely.area(shapely.union_all(shapes)) == pytest.approx(values.size * 100)


def test_smallest_patch_is_one_of_change_and_differs_by_class(make_map, tmp_path):
    ids = np.zeros((40, 60), np.uint8)
    ids[:, 30:] = 1
    later = ids.copy()
    later[5:7, 5:7] = 2  # 400 m² of grass
    later[20:22, 5:7] = 3  # 400 m² built
    later[30:36, 40:46] = 3  # 3600 m² built

    run(
        make_map(ids, "a.tif"), make_map(later, "b.tif"), tmp_path / "r",
        "--smallest-m2", 1000, "--smallest", "grass=100",
    )  # fmt: skip

    meta, _, _, columns = pyogrio.raw.read(tmp_path / "r_polygons.gpkg")
    names = sorted(columns[meta["fields"].tolist().index("class_name")].tolist())
    assert names == ["forest (stable)", "forest → built", "water (stable)", "water → grass"]
    assert (read(tmp_path / "r.tif")[0][20:22, 5:7] != read(tmp_path / "r.tif")[0][0, 0]).all()


@pytest.mark.parametrize("fine_date", ["old", "new"])
def test_finer_map_goes_to_the_coarser_grid_by_area_share(fine_date, make_map, tmp_path):
    fine = blobs(3, 120, 160, blur=2.0)
    coarse = blobs(4, 30, 40, blur=2.0)
    paths = {
        "fine": make_map(fine, "fine.tif", pixel=2.5),
        "coarse": make_map(coarse, "coarse.tif", pixel=10.0),
    }
    order = ("fine", "coarse") if fine_date == "old" else ("coarse", "fine")

    found = run(paths[order[0]], paths[order[1]], tmp_path / "r")["change"]

    blocks = fine.reshape(30, 4, 40, 4)
    shares = np.stack([(blocks == k).sum(axis=(1, 3)) for k in range(4)])
    largest = shares.argmax(axis=0)
    pair = (largest, coarse) if fine_date == "old" else (coarse, largest)
    expected = np.zeros((4, 4))
    np.add.at(expected, pair, 0.01)
    assert np.array(found["area_ha"]) == pytest.approx(expected)
    gained = [r["resampled_ha"] for r in found["per_class"]]
    assert gained == pytest.approx(
        np.bincount(largest.ravel(), minlength=4) * 0.01 - shares.sum(axis=(1, 2)) / 16 * 0.01
    )
    assert found["resampling"].startswith(f"The {fine_date} map is finer")
    with rasterio.open(tmp_path / "r.tif") as raster:
        assert raster.shape == (30, 40)


def test_maps_that_overlap_in_part_are_compared_there(make_map, tmp_path):
    ids = blobs(5, 100, 100)
    old = make_map(ids, "a.tif")
    new = make_map(ids[20:, 30:], "b.tif", corner=(4_300_300, 3_199_800))

    found = run(old, new, tmp_path / "r")["change"]

    assert found["total_ha"] == pytest.approx(80 * 70 * 0.01)
    assert np.trace(np.array(found["area_ha"])) == pytest.approx(found["total_ha"])


def test_maps_of_two_crs_are_compared(make_map, tmp_path):
    from rasterio.warp import Resampling, calculate_default_transform, reproject

    ids = blobs(5, 100, 100, blur=10.0)
    old = make_map(ids, "a.tif")
    transform, width, height = calculate_default_transform(
        "EPSG:3035", "EPSG:32631", 100, 100, 4_300_000, 3_199_000, 4_301_000, 3_200_000
    )
    other = np.full((height * 3, width * 3), 255, np.uint8)
    finer = transform @ Affine.scale(1 / 3)
    with rasterio.open(old) as raster:
        reproject(
            raster.read(1), other, src_transform=raster.transform, src_crs=raster.crs, dst_transform=finer,
            dst_crs="EPSG:32631", resampling=Resampling.nearest, src_nodata=255, dst_nodata=255,
        )  # fmt: skip
    new = make_map(other, "b.tif", crs="EPSG:32631", transform=finer)

    found = run(old, new, tmp_path / "r")["change"]

    area = np.array(found["area_ha"])
    assert np.trace(area) / area.sum() > 0.97
    assert area.sum() == pytest.approx(100, rel=0.02)


def test_shifted_border_is_told_apart_and_true_change_is_not(make_map, tmp_path):
    ids = blobs(6, 150, 200, blur=15.0)
    later = np.roll(ids, 3, axis=1)
    later[60:90, 80:120] = 3  # a true change, larger than any strip
    edge = np.s_[:, 4:]

    old, new = make_map(ids[edge], "a.tif"), make_map(later[edge], "b.tif")
    made = run(old, new, tmp_path / "r", "--shift-m", 30)

    values, legend = read(tmp_path / "r.tif")
    border = [c["id"] for c in legend["classes"] if "possible misregistration" in c["name"]]
    by_shift = (np.roll(ids, 3, axis=1) != ids)[edge]
    true = np.zeros(ids.shape, bool)
    true[64:86, 84:116] = True
    true = true[edge] & (ids[edge] != 3)
    outside = by_shift & ~cv2.dilate(true.astype(np.uint8), np.ones((21, 21))).astype(bool)
    assert np.isin(values[outside], border).all()
    deep = cv2.erode(true.astype(np.uint8), np.ones((9, 9))).astype(bool)
    assert not np.isin(values[deep & (ids[edge] != 3)], border).all()
    total, strips = np.array(made["change"]["area_ha"]), np.array(made["change"]["possible_misregistration_ha"])
    assert (strips <= total + 1e-12).all()
    assert total.sum() == pytest.approx(values.size * 0.01)


@given(seed=st.integers(0, 10_000), radius=st.floats(0.4, 7.0), size=st.tuples(st.integers(8, 20), st.integers(8, 20)))
@settings(max_examples=40)
def test_strips_are_where_both_classes_are_near(seed, radius, size):
    rng = np.random.default_rng(seed)
    old, new = (rng.choice([0, 1, 2, 255], size, p=[0.4, 0.3, 0.2, 0.1]).astype(np.uint8) for _ in range(2))

    found = BorderStrips(radius, (1.0, 1.0)).find(old, new)

    places = np.indices(size).reshape(2, -1).T
    for r, c in places.tolist():
        a, b = old[r, c], new[r, c]
        distance = np.hypot(*(places - [r, c]).T).reshape(size)
        near = distance <= radius + 0.5 + 1e-6
        expected = a != b and 255 not in (a, b) and (near & (old == b)).any() and (near & (new == a)).any()
        assert found[r, c] == expected


def test_strips_do_not_depend_on_how_the_raster_is_read(make_map, tmp_path):
    ids = blobs(7, 1100, 300, blur=9.0)
    later = np.roll(ids, 2, axis=0)

    run(make_map(ids, "a.tif"), make_map(later, "b.tif"), tmp_path / "r", "--shift-m", 25, "--no-polygons")

    values, legend = read(tmp_path / "r.tif")
    border = [c["id"] for c in legend["classes"] if "possible misregistration" in c["name"]]
    assert (np.isin(values, border) == BorderStrips(25, (10.00003, 9.99997)).find(ids, later)).all()


def image(seed, shift=(0, 0), size=(900, 1100)):
    rng = np.random.default_rng(seed)
    big = cv2.GaussianBlur(rng.random((size[0] + 80, size[1] + 80), dtype=np.float32), (0, 0), 3)
    big = (big - big.min()) / (big.max() - big.min()) * 250
    r, c = 40 + shift[0], 40 + shift[1]
    return np.repeat(big[None, r : r + size[0], c : c + size[1]], 3, axis=0).astype(np.uint8)


def test_shift_of_images_is_measured(make_raster):
    place = {"crs": "EPSG:32633", "transform": Affine(0.2, 0, 500_000, 0, -0.2, 4_650_000)}
    old = make_raster(image(1), "old.tif", **place)
    # What was at column c is at c + 3 and at row r - 2: 0.6 m to the east, 0.4 m to the north.
    new = make_raster(image(1, (2, -3)), "new.tif", **place)

    found = measure_shift(old, new)

    assert (found.east_m, found.north_m) == (pytest.approx(0.6, abs=0.04), pytest.approx(0.4, abs=0.04))
    assert found.width_m == pytest.approx(0.72, abs=0.05)
    assert found.tiles >= 3


def test_images_with_nothing_in_common_have_no_shift(make_raster):
    place = {"crs": "EPSG:32633", "transform": Affine(0.2, 0, 500_000, 0, -0.2, 4_650_000)}
    rng = np.random.default_rng(2)
    old, new = (make_raster(rng.integers(0, 255, (3, 700, 700), dtype=np.uint8), f"{k}.tif", **place) for k in range(2))

    with pytest.raises(InvalidJob, match="State it in metres"):
        measure_shift(old, new)


def test_shift_of_small_images_with_different_pixels_is_in_metres(make_raster):
    fine, coarse = image(1, size=(240, 300)), image(1, (0, -4), size=(240, 300))
    coarse = np.stack([cv2.resize(b, (150, 120), interpolation=cv2.INTER_AREA) for b in coarse])
    old, new = (
        make_raster(v, f"{p}.tif", crs="EPSG:32633", transform=Affine(p, 0, 500_000, 0, -p, 4_650_000))
        for v, p in ((fine, 0.5), (coarse, 1.0))
    )

    found = measure_shift(old, new)

    assert (found.east_m, found.north_m) == (pytest.approx(2, abs=0.3), pytest.approx(0, abs=0.3))


def test_measured_shift_makes_the_strips(make_map, make_raster, tmp_path):
    place = {"crs": "EPSG:3035", "transform": Affine(1, 0, 4_300_000, 0, -1, 3_200_000)}
    images = [make_raster(image(1, s), f"i{k}.tif", **place) for k, s in enumerate(((0, 0), (0, -2)))]
    ids = blobs(8, 90, 110)
    maps = [make_map(v, f"{k}.tif") for k, v in enumerate((ids, np.roll(ids, 1, axis=1)))]

    found = run(*maps, tmp_path / "r", "--old-image", images[0], "--new-image", images[1])["change"]

    assert found["shift"]["east_m"] == pytest.approx(2, abs=0.1)
    assert found["misregistration_strip_m"] == pytest.approx(2, abs=0.2)


def test_dates_give_rates_a_year(make_map, tmp_path):
    old = np.zeros((10, 100), np.uint8)
    old[:, 50:] = 1
    new = old.copy()
    new[:, 40:50] = 1  # 20 % of the water becomes forest

    found = run(
        make_map(old, "a.tif"),
        make_map(new, "b.tif"),
        tmp_path / "r",
        "--old-date",
        "2010-01-01",
        "--new-date",
        "2020-01-01",
    )["change"]

    water = found["per_class"][0]
    assert found["years"] == pytest.approx(10, abs=0.01)
    assert water["net_ha"] == pytest.approx(-1.0)
    assert water["net_ha_a_year"] == pytest.approx(-0.1, rel=1e-3)
    assert water["rate_a_year"] == pytest.approx(np.log(0.8) / 10, rel=1e-3)


def test_legends_are_matched_by_name_and_by_crosswalk(make_map, tmp_path):
    old = make_map([[0, 1, 2, 2]] * 4, "a.tif", names=["Forest", "lake", "river"])
    new = make_map([[1, 0, 0, 1]] * 4, "b.tif", names=["water", "forest "])
    walk = tmp_path / "walk.csv"
    walk.write_text("map,class,common\nold,lake,water\nold,river,water\n", encoding="utf-8")

    by_name = run(old, new, tmp_path / "r")["change"]
    walked = run(old, new, tmp_path / "s", "--crosswalk", walk)["change"]

    assert by_name["classes"] == ["Forest", "lake", "river", "water"]
    assert walked["classes"] == ["Forest", "water"]
    assert walked["area_ha"] == [[pytest.approx(0.04), 0], [pytest.approx(0.04), pytest.approx(0.08)]]


def test_strata_are_the_groups_and_a_buffer_around_change(make_map, tmp_path):
    old = np.zeros((60, 80), np.uint8)
    old[:, 20:] = 1
    new = old.copy()
    new[30, 50] = 2  # forest lost
    new[30, 5] = 2  # water to grass: none of forest's
    made = run(
        make_map(old, "a.tif"), make_map(new, "b.tif"), tmp_path / "r", "--groups", "loss-gain:forest", "--buffer-m", 50
    )

    values, legend = read(tmp_path / "r_strata.tif")
    names = [c["name"] for c in legend["classes"]]
    near = np.hypot(*(np.indices(old.shape) - np.array([30, 50])[:, None, None])) <= 5
    assert names == ["stable rest", "gain of forest", "loss of forest", "stable forest", "buffer around change"]
    assert (values[30, 50], values[30, 5]) == (2, 0)
    assert ((values == 4) == (near & (values != 2))).all()
    assert (values[:, 20:][~near[:, 20:]] == 3).all()
    assert made["change"]["groups"]["names"] == names[:4]
    groups, legend = read(tmp_path / "r_groups.tif")
    assert [c["name"] for c in legend["classes"]] == names[:4]
    assert (groups[values != 4] == values[values != 4]).all()
    assert (groups[values == 4] == np.where(old == 1, 3, 0)[values == 4]).all()


def test_groups_of_a_file_take_the_first_line_that_fits(make_map, tmp_path):
    groups = tmp_path / "groups.csv"
    groups.write_text(
        "old,new,group\nforest,built,sealed\n*,built,built up\nforest,forest,forest kept\n", encoding="utf-8"
    )
    old = make_map([[1, 0, 1, 0]] * 3, "a.tif")
    new = make_map([[3, 3, 1, 0]] * 3, "b.tif")

    run(old, new, tmp_path / "r", "--groups", groups)

    values, legend = read(tmp_path / "r_strata.tif")
    names = [c["name"] for c in legend["classes"]]
    assert [names[v] for v in values[0]] == ["sealed", "built up", "forest kept", "other stable"]


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (("--old-date", "2020", "--new-date", "2010"), "is not later"),
        (("--old-date", "spring", "--new-date", "2010"), "'spring' is no date"),
        (("--shift-m", "-1"), "The shift is -1"),
        (("--shift-m", "1e6"), "Register the images first"),
        (("--groups", "everything"), "groups 'everything' are not known"),
        (("--groups", "loss-gain:swamp"), "no class 'swamp'"),
        (("--buffer-m", "20"), "no groups to assess"),
        (("--buffer-m", "9000", "--groups", "change"), "at most 500 are possible"),
        (("--smallest", "swamp=3"), "no class 'swamp' for a smallest patch"),
        (("--smallest", "forest"), "expected CLASS=M2"),
        (("--old-image", "x.tif"), "One image was given of two"),
        (("--crosswalk", "nowhere.csv"), "no crosswalk"),
    ],
)
def test_request_that_does_not_fit_is_refused(more, sentence, make_map, tmp_path):
    old, new = make_map(blobs(1), "a.tif"), make_map(blobs(2), "b.tif")

    with pytest.raises(UhrError, match=sentence):
        run(old, new, tmp_path / "r", *more)

    assert not list(Path(tmp_path).glob("r*"))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a,b\n", "expected 'map,class,common'"),
        ("map,class,common\nold,swamp,water\nnew,desert,sand\n", r"swamp \(old\), desert \(new\)"),
        ("map,class,common\nearlier,water,water\n", "is none of old, new or both"),
    ],
)
def test_crosswalk_that_does_not_fit_is_refused(text, sentence, make_map, tmp_path):
    walk = tmp_path / "walk.csv"
    walk.write_text(text, encoding="utf-8")

    with pytest.raises(InvalidJob, match=sentence):
        run(make_map(blobs(1), "a.tif"), make_map(blobs(2), "b.tif"), tmp_path / "r", "--crosswalk", walk)


def test_maps_that_do_not_fit_each_other_are_refused(make_map, tmp_path):
    old = make_map(blobs(1), "a.tif")
    cases = {
        "do not overlap": make_map(blobs(1), "far.tif", corner=(5_300_000, 3_200_000)),
        "no class in common": make_map(blobs(1), "other.tif", names=["a", "b", "c", "d"]),
        "no coordinate reference system": make_map(blobs(1), "plain.tif", crs=None),
        "has a class on both maps": make_map(np.full((120, 150), 255), "empty.tif"),
    }

    for sentence, new in cases.items():
        with pytest.raises(UhrError, match=sentence):
            run(old, new, tmp_path / "r")


def test_page_holds_matrix_warning_and_flows(make_map, tmp_path):
    run(make_map(blobs(1), "a&b.tif"), make_map(blobs(2), "b.tif"), tmp_path / "r")

    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "a&amp;b.tif" in page
    assert "areas of the maps" in page
    assert "<svg" in page
    assert (tmp_path / "r_flow.svg").read_text(encoding="utf-8").startswith("<svg xmlns=")
