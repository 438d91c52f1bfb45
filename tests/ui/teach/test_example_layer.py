import pytest
from osgeo import ogr
from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsProject, QgsRectangle
from qgis_fixtures import wait_until

from uhr_landcover.ui.teach.example_layer import ExampleLayer, ExamplesRefused
from uhr_landcover.ui.teach.palette import PaletteRefused

UTM = QgsCoordinateReferenceSystem("EPSG:32633")


def square(x=500_000.0, y=5_399_980.0, side=5.0):
    return QgsGeometry.fromRect(QgsRectangle(x, y, x + side, y + side))


@pytest.fixture
def examples(qgis_app, tmp_path):
    layer = ExampleLayer()
    layer.open(str(tmp_path / "made" / "scene_examples.gpkg"), UTM)
    yield layer
    layer.close()
    QgsProject.instance().clear()


def rows(path):
    dataset = ogr.Open(str(path))
    fields = ("class_id", "class_name", "subclass", "red", "green", "blue")
    return [tuple(f[name] for name in fields) for f in dataset.GetLayer()]


def test_examples_are_in_the_file_once_they_are_kept(examples, tmp_path):
    examples.add(square(), UTM, 5, "pond")
    examples.add(square(500_010), UTM, 4)

    examples.keep()

    assert rows(tmp_path / "made" / "scene_examples.gpkg") == [
        (5, "Water", "pond", 0, 0, 255),
        (4, "Forest land", "", 0, 255, 0),
    ]
    assert examples.layer.isEditable(), "drawing goes on"


def test_undo_of_qgis_takes_back_one_stroke(examples):
    heard = []
    examples.changed.connect(lambda: heard.append(examples.counts()))
    examples.add(square(), UTM, 5)
    examples.add(square(500_010), UTM, 5)
    assert wait_until(lambda: heard and heard[-1] == {5: 2})

    examples.layer.undoStack().undo()

    assert wait_until(lambda: heard[-1] == {5: 1})
    assert [e.class_name for e in examples.examples()] == ["Water"]


def test_shape_in_another_system_lies_where_it_was_drawn(examples):
    web = QgsCoordinateReferenceSystem("EPSG:3857")
    examples.add(QgsGeometry.fromRect(QgsRectangle(1_669_792, 6_204_000, 1_669_802, 6_204_010)), web, 1)

    box = examples.layer.getFeature(next(examples.layer.getFeatures()).id()).geometry().boundingBox()

    assert box.xMinimum() == pytest.approx(500_000, abs=1)
    assert 5.3e6 < box.yMinimum() < 5.5e6


def test_renaming_and_recolouring_a_class_reach_its_examples(examples):
    examples.add(square(), UTM, 3)
    examples.add(square(500_010), UTM, 4)

    examples.rename_class(3, "Meadow")
    examples.recolor_class(3, (9, 8, 7))

    found = {e.class_id: (e.class_name, e.color) for e in examples.examples()}
    assert found == {3: ("Meadow", (9, 8, 7)), 4: ("Forest land", (0, 255, 0))}


def test_name_that_is_taken_changes_nothing(examples):
    examples.add(square(), UTM, 3)

    with pytest.raises(PaletteRefused, match="already a class"):
        examples.rename_class(3, "water")

    assert examples.examples()[0].class_name == "Rangeland"


def test_deleted_class_takes_its_examples_and_undo_brings_both_back(examples):
    examples.add(square(), UTM, 3)
    examples.add(square(500_010), UTM, 4)

    examples.delete_class(3)
    assert wait_until(lambda: examples.counts() == {4: 1})
    assert 3 not in [c.number for c in examples.palette.classes]
    examples.layer.undoStack().undo()

    assert wait_until(lambda: 3 in [c.number for c in examples.palette.classes])
    assert examples.counts() == {3: 1, 4: 1}


def test_file_that_was_closed_opens_again_with_its_classes(examples, tmp_path):
    number = examples.add_class("Tin roof")
    examples.add(square(), UTM, number)
    examples.close()
    QgsProject.instance().clear()

    again = ExampleLayer()
    again.open(str(tmp_path / "made" / "scene_examples.gpkg"), UTM)

    assert again.palette.get(number).name == "Tin roof"
    assert again.counts() == {number: 1}
    again.close()


def test_saving_with_qgis_s_own_button_does_not_end_drawing(examples):
    examples.add(square(), UTM, 5)

    examples.layer.commitChanges()

    assert wait_until(lambda: examples.layer.isEditable())
    assert examples.counts() == {5: 1}


def test_layer_that_is_taken_out_of_the_project_is_told(examples):
    gone = []
    examples.gone.connect(lambda: gone.append(True))

    QgsProject.instance().removeMapLayer(examples.layer.id())

    assert gone
    assert examples.layer is None
    assert examples.examples() == ()


def test_file_that_holds_something_else_is_refused_and_stays(qgis_app, tmp_path):
    path = tmp_path / "scene_examples.gpkg"
    path.write_text("a diary")

    with pytest.raises(ExamplesRefused, match="holds no examples"):
        ExampleLayer().open(str(path), UTM)

    assert path.read_text() == "a diary"


def test_folder_that_cannot_be_made_is_refused_with_what_to_do(qgis_app, tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(ExamplesRefused, match="Choose another output folder"):
        ExampleLayer().open(str(tmp_path / "file" / "scene_examples.gpkg"), UTM)
