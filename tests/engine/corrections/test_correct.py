import hashlib
import re

import numpy as np
import pyogrio
import pytest
import rasterio
import shapely

from uhr_landcover.engine.__main__ import _parser
from uhr_landcover.engine.contract.events import Note
from uhr_landcover.engine.corrections.kept import with_corrections
from uhr_landcover.engine.run.pipeline import run
from uhr_landcover.engine.system.errors import Cancelled, InvalidJob
from uhr_landcover.engine.system.run_context import RunContext
from uhr_landcover.models.checkpoint import load_checkpoint
from uhr_landcover.models.errors import DataError

BOX = shapely.box(40, 60, 140, 160)


@pytest.fixture
def command():
    """Return a function that does what `correct` with these arguments says; it gives the result's data."""

    def correct(*arguments, context=None):
        parser, module = _parser("correct")
        return module.execute(parser.parse_args(["correct", *(str(a) for a in arguments)]), context or RunContext())

    return correct


def read_band(path):
    with rasterio.open(path) as dataset:
        return dataset.read(1)


def digests(folder):
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()}


def test_raster_polygons_areas_and_report_change_together(command, finished, layer):
    before = read_band(finished)

    data = command(finished, layer([BOX], {"new_class": ["Water"]}))

    found = read_band(finished)
    expected = before.copy()
    expected[60:160, 40:140] = 5
    assert np.array_equal(found, expected)
    rows = {row["class_name"]: row for row in data["areas"]}
    assert rows["Water"]["pixels"] == (expected == 5).sum()
    folder = finished.parent
    assert f"Water,{(expected == 5).sum()}" in re.sub(r"^\d+,", "", (folder / "map_areas.csv").read_text(), flags=re.M)
    for ending in ("gpkg", "shp"):
        _, _, wkb, columns = pyogrio.raw.read(folder / f"map_polygons.{ending}", columns=["class_id"])
        water = shapely.area(shapely.from_wkb(wkb))[columns[0] == 5].sum()
        assert water == pytest.approx((expected == 5).sum() * 0.25, rel=0.1)
    page = (folder / "map_report.html").read_text(encoding="utf-8")
    assert "One correction by hand" in page
    with rasterio.open(finished) as dataset:
        assert dataset.tags()["UHR_CORRECTIONS"] == "1"
        assert dataset.tags()["UHR_MODEL"] == "tiny"


def test_undo_brings_every_byte_back(command, finished, layer):
    before = digests(finished.parent)

    command(finished, layer([BOX], {"new_class": ["Water"]}))
    changed = digests(finished.parent)
    data = command(finished, "--undo")

    assert {name for name in before if changed[name] != before[name]} >= {"map.tif", "map_polygons.gpkg"}
    assert data["corrections"] == 0
    assert digests(finished.parent) == before


def test_corrections_lie_beside_the_map_and_can_be_edited_and_applied_again(command, finished, layer):
    first = {
        "new_class": ["Water"],
        "old_classes": [""],
        "author": ["me"],
        "date": ["2026-11-28"],
        "reason": ["a lake"],
    }
    command(finished, layer([BOX], first))
    beside = finished.with_name("map_corrections.gpkg")

    meta, _, wkb, columns = pyogrio.raw.read(beside)
    row = dict(zip(meta["fields"], (c[0] for c in columns), strict=True))
    assert (row["new_class"], row["new_class_id"], row["author"], row["reason"]) == ("Water", 5, "me", "a lake")
    columns[list(meta["fields"]).index("new_class")][0] = "Forest land"
    pyogrio.raw.write(
        beside,
        wkb,
        columns,
        meta["fields"].tolist(),
        layer="corrections",
        geometry_type="MultiPolygon",
        crs=meta["crs"],
    )
    command(finished)

    assert (read_band(finished)[60:160, 40:140] == 4).all()


def test_correcting_anew_starts_from_the_map_without_corrections(command, finished, layer):
    before = read_band(finished)
    command(finished, layer([BOX], {"new_class": ["Water"]}))

    command(finished, layer([shapely.box(200, 200, 210, 210)], {"new_class": ["Water"]}, "second.gpkg"))

    expected = before.copy()
    expected[200:210, 200:210] = 5
    assert np.array_equal(read_band(finished), expected)


def test_added_corrections_lie_over_those_that_are_there(command, finished, layer):
    command(finished, layer([BOX], {"new_class": ["Water"]}))

    data = command(finished, layer([shapely.box(50, 70, 60, 80)], {"new_class_id": [6]}, "second.gpkg"), "--add")

    found = read_band(finished)
    assert data["corrections"] == 2
    assert found[60, 40] == 5
    assert (found[70:80, 50:60] == 6).all()


def test_old_classes_and_priority_are_kept_to(command, finished, layer):
    before = read_band(finished)
    kinds = [int(v) for v in np.unique(before[60:160, 40:140])]
    columns = {"new_class": ["Water", "Forest land"], "old_classes": [str(kinds[0]), ""], "priority": [5, 1]}

    command(finished, layer([BOX, BOX], columns))

    # forest comes first, so that nothing of the old class is left for water
    assert (read_band(finished)[60:160, 40:140] == 4).all()


def test_corrections_in_another_coordinate_system_lie_in_the_same_place(command, finished, layer, tmp_path):
    path = layer([BOX], {"new_class": ["Water"]})
    meta, _, wkb, columns = pyogrio.raw.read(path)
    from rasterio.warp import transform

    moved = shapely.transform(
        shapely.from_wkb(wkb), lambda xy: np.column_stack(transform("EPSG:32633", "EPSG:4326", xy[:, 0], xy[:, 1])[:2])
    )
    other = tmp_path / "degrees.gpkg"
    pyogrio.raw.write(
        other, shapely.to_wkb(moved), columns, meta["fields"].tolist(), geometry_type="Unknown", crs="EPSG:4326"
    )

    command(finished, other)

    found = read_band(finished)
    assert (found[61:159, 41:139] == 5).all()


def test_layer_is_burned_in_by_a_table(command, finished, layer, tmp_path):
    road, pond = shapely.LineString([(10, 200.5), (290, 200.5)]), shapely.box(20, 180, 60, 220)
    table = tmp_path / "table.csv"
    table.write_text("value,class,priority,width\npond,Water,2,\nroad,Urban land,1,4\n")

    data = command(
        finished, "--burn-in", layer([road, pond], {"kind": ["road", "pond"]}), "--table", table, "--field", "kind"
    )

    found = read_band(finished)
    assert data["corrections"] == 2
    assert (found[197:204, 70:280] == 1).all(), "four metres wide"
    assert (found[180:220, 20:60] == 5).all(), "the pond lies over the road"
    _, _, _, reasons = pyogrio.raw.read(finished.with_name("map_corrections.gpkg"), columns=["reason"])
    assert sorted(reasons[0]) == [
        "burned in from corrections.gpkg, kind pond",
        "burned in from corrections.gpkg, kind road",
    ]


def test_neighbours_share_every_vertex_after_correcting(command, finished, layer):
    command(finished, layer([shapely.Point(150, 150).buffer(60)], {"new_class": ["Water"]}))

    _, _, wkb, _ = pyogrio.raw.read(finished.with_name("map_polygons.gpkg"), columns=[])
    shapes = shapely.from_wkb(wkb)
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)


def test_run_again_keeps_corrections_when_wanted(job, finished, command, layer):
    import dataclasses

    command(finished, layer([BOX], {"new_class": ["Water"]}))
    kept = dataclasses.replace(job, output=dataclasses.replace(job.output, overwrite=True, keep_corrections=True))
    notes = []
    context = RunContext(emit=lambda e: notes.append(e.message) if isinstance(e, Note) else None)

    result = with_corrections(kept, run(kept, context, checkpoint=load_checkpoint(job.checkpoint)), context)

    assert (read_band(finished)[60:160, 40:140] == 5).all()
    assert "1 corrections of the older map were applied." in notes
    assert sum(row["pixels"] for row in result.areas) == 300 * 300
    assert str(finished.with_name("map_corrections.gpkg")) in result.files


def test_run_again_without_the_wish_is_the_map_of_the_network(job, finished, command, layer):
    import dataclasses

    before = read_band(finished)
    command(finished, layer([BOX], {"new_class": ["Water"]}))
    anew = dataclasses.replace(job, output=dataclasses.replace(job.output, overwrite=True))

    with_corrections(anew, run(anew, checkpoint=load_checkpoint(job.checkpoint)))
    command(finished)  # the layer is still there, and is applied to the new map

    after = read_band(finished)
    assert (after[60:160, 40:140] == 5).all()
    assert np.array_equal(np.delete(after, np.s_[60:160], axis=0), np.delete(before, np.s_[60:160], axis=0))


def test_stopped_correction_leaves_the_map_as_it_was(command, finished, layer):
    before = digests(finished.parent)
    asked = iter([False, False])

    with pytest.raises(Cancelled):
        command(
            finished,
            layer([BOX], {"new_class": ["Water"]}),
            context=RunContext(should_stop=lambda: next(asked, True)),
        )

    assert digests(finished.parent) == before


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"new_class": ["Sea"]}, "names the class 'Sea'; the map has 0 Unknown"),
        ({"kind": ["Water"]}, "has no field 'new_class'"),
        ({"new_class": ["Water"], "old_classes": ["Sand"]}, "names the class 'Sand'"),
    ],
    ids=["class", "field", "old class"],
)
def test_layer_that_does_not_fit_gets_a_sentence_and_changes_nothing(command, finished, layer, columns, sentence):
    before = digests(finished.parent)

    with pytest.raises(DataError, match=sentence):
        command(finished, layer([BOX], columns))

    assert digests(finished.parent) == before


def test_map_without_corrections_has_nothing_to_undo(command, finished):
    with pytest.raises(InvalidJob, match="has no corrections"):
        command(finished, "--undo")


def test_uncorrected_raster_that_is_gone_is_asked_for(command, finished, layer):
    command(finished, layer([BOX], {"new_class": ["Water"]}))
    finished.with_name("map_uncorrected.tif").unlink()

    with pytest.raises(InvalidJob, match="Put it back, or classify again"):
        command(finished, "--undo")


def test_report_of_an_older_version_is_left_with_a_warning(command, finished, layer):
    report = finished.with_name("map_report.html")
    report.write_text("<html>old</html>")
    notes = []

    command(
        finished,
        layer([BOX], {"new_class": ["Water"]}),
        context=RunContext(emit=lambda e: notes.append(e.message) if isinstance(e, Note) else None),
    )

    assert "still shows the former map" in notes[0]
    assert report.read_text() == "<html>old</html>"
