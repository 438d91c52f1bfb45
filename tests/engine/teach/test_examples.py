import numpy as np
import pytest
import shapely

from uhr_landcover.engine.raster.raster_info import read_info
from uhr_landcover.engine.system.errors import InvalidJob
from uhr_landcover.engine.teach.examples.example_layer import read_examples
from uhr_landcover.models.errors import DataError

SQUARES = [shapely.box(10, 10, 50, 50), shapely.box(100, 100, 140, 140)]


@pytest.fixture
def grid(make_raster):
    return read_info(str(make_raster(np.zeros((3, 200, 300), np.uint8))), ("red", "green", "blue")).grid


def test_examples_lie_in_pixels_of_the_raster_with_their_class(draw, grid):
    found = read_examples(draw(SQUARES, {"class_id": [2, 1]}), grid)

    assert [shapely.bounds(s).round(6).tolist() for s in found.shapes] == [[10, 10, 50, 50], [100, 100, 140, 140]]
    assert found.class_ids.tolist() == [2, 1]
    assert found.notes == ()


def test_examples_in_another_coordinate_system_lie_in_the_same_place(draw, grid, tmp_path):
    path = draw(SQUARES, {"class_id": [2, 1]})
    import pyogrio
    from rasterio.warp import transform

    meta, _, wkb, columns = pyogrio.raw.read(path)
    moved = shapely.transform(
        shapely.from_wkb(wkb), lambda xy: np.column_stack(transform("EPSG:32633", "EPSG:4326", xy[:, 0], xy[:, 1])[:2])
    )
    other = tmp_path / "degrees.gpkg"
    pyogrio.raw.write(
        other, shapely.to_wkb(moved), columns, meta["fields"].tolist(), geometry_type="Unknown", crs="EPSG:4326"
    )

    found = read_examples(other, grid)

    assert np.allclose(shapely.bounds(found.shapes[0]), [10, 10, 50, 50], atol=0.01)


def test_points_and_lines_are_examples(draw, grid):
    shapes = [shapely.Point(20, 20), shapely.LineString([(100, 50), (150, 60)])]

    found = read_examples(draw(shapes, {"class_name": ["a", "b"]}), grid)

    assert [s.geom_type for s in found.shapes] == ["Point", "LineString"]


def test_field_of_numbers_or_names_can_be_named(draw, grid):
    path = draw(SQUARES, {"cover": ["wood", "lake"], "code": [12, 11]})

    by_name, by_number = read_examples(path, grid, field="cover"), read_examples(path, grid, field="code")

    assert by_name.class_ids.tolist() == [2, 1]
    assert by_number.class_ids.tolist() == [2, 1]
    assert by_number.classes.numbers == (11, 12)


def test_border_that_crosses_itself_is_mended_with_a_note(draw, grid):
    bow = shapely.Polygon([(10, 10), (50, 50), (50, 10), (10, 50)])

    found = read_examples(draw([bow, SQUARES[1]], {"class_id": [1, 2]}), grid)

    assert shapely.area(found.shapes[0]) == pytest.approx(800)
    assert "1 example of examples.gpkg (feature 1) cross themselves" in found.notes[0].message


def test_examples_off_the_raster_are_left_out_with_a_note(draw, grid):
    far = shapely.box(1000, 10, 1040, 50)

    found = read_examples(draw([*SQUARES, far], {"class_id": [1, 2, 2]}), grid)

    assert len(found.shapes) == 2
    assert "(feature 3) lie outside the raster" in found.notes[0].message


def test_part_off_the_raster_is_cut_off(draw, grid):
    found = read_examples(draw([shapely.box(-20, 10, 20, 50), SQUARES[1]], {"class_id": [1, 2]}), grid)

    assert shapely.bounds(found.shapes[0]).round(6).tolist() == [0, 10, 20, 50]


def test_overlap_of_two_classes_is_left_out_and_its_place_is_said(draw, grid):
    shapes = [shapely.box(10, 10, 50, 50), shapely.box(40, 10, 80, 50)]

    found = read_examples(draw(shapes, {"class_id": [1, 2], "class_name": ["a", "b"]}), grid)

    assert [shapely.bounds(s).round(6).tolist() for s in found.shapes] == [[10, 10, 40, 50], [50, 10, 80, 50]]
    assert "Examples 1 (a) and 2 (b) overlap at 500033" in found.notes[0].message
    assert found.notes[0].examples == (1, 2)
    assert found.notes[0].place == pytest.approx((500032.75, 4649984.75), abs=10)


def test_overlap_of_one_class_is_kept(draw, grid):
    shapes = [shapely.box(10, 10, 50, 50), shapely.box(40, 10, 80, 50), SQUARES[1]]

    found = read_examples(draw(shapes, {"class_id": [1, 1, 2]}), grid)

    assert shapely.area(found.shapes).tolist() == pytest.approx([1600] * 3)
    assert found.notes == ()


def test_class_that_another_covers_whole_is_refused(draw, grid):
    shapes = [shapely.box(10, 10, 50, 50), shapely.box(0, 0, 80, 80)]

    with pytest.raises(DataError, match="a has no example left"):
        read_examples(draw(shapes, {"class_name": ["a", "b"]}), grid)


@pytest.mark.parametrize(
    ("shapes", "columns", "sentence"),
    [
        ([shapely.box(900, 900, 950, 950)] * 2, {"class_id": [1, 2]}, "No example of examples.gpkg lies on the raster"),
        (SQUARES, {"class_id": [1, 1]}, "at least two classes"),
        (SQUARES, {"kind": [1, 2]}, "Name the field"),
    ],
    ids=["elsewhere", "one class", "no field"],
)
def test_layer_that_cannot_be_used_gets_a_sentence(draw, grid, shapes, columns, sentence):
    with pytest.raises(DataError, match=sentence):
        read_examples(draw(shapes, columns), grid)


def test_layer_without_coordinate_system_gets_a_sentence(draw, grid):
    with pytest.raises(InvalidJob, match="has no coordinate system"):
        read_examples(draw(SQUARES, {"class_id": [1, 2]}, crs=None), grid)


def test_file_that_is_not_there_gets_a_sentence(grid, tmp_path):
    with pytest.raises(DataError, match="There are no examples at"):
        read_examples(tmp_path / "none.gpkg", grid)
