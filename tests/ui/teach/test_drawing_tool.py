import pytest
from qgis.core import QgsPointXY, QgsRectangle
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent
from qgis.PyQt.QtCore import QEvent, QPoint, Qt
from qgis.PyQt.QtGui import QKeyEvent

from uhr_landcover.ui.teach.drawing_tool import FREEHAND, POINT, POLYGON, RECTANGLE, DrawingTool

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


@pytest.fixture
def tool(qgis_app):
    canvas = QgsMapCanvas()
    canvas.resize(200, 200)
    canvas.setExtent(QgsRectangle(0, 0, 200, 200))
    tool = DrawingTool(canvas)
    tool.shapes = []
    tool.drawn.connect(tool.shapes.append)
    canvas.setMapTool(tool)
    yield tool
    canvas.unsetMapTool(tool)
    canvas.deleteLater()


def press(tool, x, y, button=LEFT):
    tool.canvasPressEvent(_event(tool, QEvent.Type.MouseButtonPress, x, y, button))


def move(tool, x, y):
    tool.canvasMoveEvent(_event(tool, QEvent.Type.MouseMove, x, y, LEFT))


def release(tool, x, y, button=LEFT):
    tool.canvasReleaseEvent(_event(tool, QEvent.Type.MouseButtonRelease, x, y, button))


def click(tool, x, y, button=LEFT):
    press(tool, x, y, button)
    release(tool, x, y, button)


def key(tool, code):
    tool.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, code, Qt.KeyboardModifier.NoModifier))


def _event(tool, kind, x, y, button):
    return QgsMapMouseEvent(tool.canvas(), kind, QPoint(x, y), button, button)


def place(tool, x, y):
    return tool.toMapCoordinates(QPoint(x, y))


def test_clicks_and_a_right_click_give_a_polygon(tool):
    for x, y in ((20, 20), (120, 20), (120, 80), (20, 80)):
        click(tool, x, y)
    click(tool, 5, 5, RIGHT)

    assert len(tool.shapes) == 1
    corners = [place(tool, x, y) for x, y in ((20, 20), (120, 80))]
    box = tool.shapes[0].boundingBox()
    assert QgsRectangle(*corners).toString() == box.toString()


def test_backspace_takes_back_a_corner_and_enter_ends(tool):
    for x, y in ((20, 20), (120, 20), (120, 80), (190, 190)):
        click(tool, x, y)
    key(tool, Qt.Key.Key_Backspace)
    key(tool, Qt.Key.Key_Return)

    assert tool.shapes[0].boundingBox().width() == pytest.approx(place(tool, 120, 0).x() - place(tool, 20, 0).x())


@pytest.mark.parametrize("clicks", [[], [(20, 20)], [(20, 20), (50, 20)]])
def test_fewer_than_three_corners_give_nothing(tool, clicks):
    for x, y in clicks:
        click(tool, x, y)
    click(tool, 5, 5, RIGHT)

    assert tool.shapes == []


def test_escape_drops_what_was_begun(tool):
    for x, y in ((20, 20), (120, 20), (120, 80)):
        click(tool, x, y)
    key(tool, Qt.Key.Key_Escape)
    click(tool, 5, 5, RIGHT)

    assert tool.shapes == []


def test_drag_gives_a_rectangle(tool):
    tool.set_shape(RECTANGLE)
    press(tool, 20, 30)
    move(tool, 60, 60)
    release(tool, 120, 80)

    assert tool.shapes[0].boundingBox() == QgsRectangle(place(tool, 20, 30), place(tool, 120, 80))


def test_drag_too_short_to_be_meant_gives_nothing(tool):
    tool.set_shape(RECTANGLE)
    press(tool, 20, 30)
    release(tool, 21, 31)

    assert tool.shapes == []


def test_freehand_drag_gives_the_outline(tool):
    tool.set_shape(FREEHAND)
    press(tool, 20, 20)
    for x, y in ((60, 20), (100, 20), (100, 60), (100, 100), (60, 100), (20, 100)):
        move(tool, x, y)
    release(tool, 20, 60)

    assert len(tool.shapes) == 1
    side = place(tool, 100, 0).x() - place(tool, 20, 0).x()
    assert tool.shapes[0].area() == pytest.approx(side * side, rel=0.01)


def test_freehand_loop_that_crosses_itself_gives_valid_parts(tool):
    tool.set_shape(FREEHAND)
    press(tool, 20, 20)
    for x, y in ((100, 100), (100, 20), (20, 100)):
        move(tool, x, y)
    release(tool, 20, 100)

    assert len(tool.shapes) == 2
    assert all(shape.isGeosValid() for shape in tool.shapes)


def test_click_gives_a_disc_of_the_model_s_pixels(tool):
    tool.set_shape(POINT)
    tool.point_radius = 4.0
    click(tool, 50, 50)

    box = tool.shapes[0].boundingBox()
    assert box.width() == pytest.approx(8.0)
    assert box.center().distance(QgsPointXY(place(tool, 50, 50))) < 1e-6


def test_keys_choose_classes_and_the_next_place(tool):
    wanted, following = [], []
    tool.class_wanted.connect(wanted.append)
    tool.next_wanted.connect(lambda: following.append(True))

    for code in (Qt.Key.Key_1, Qt.Key.Key_9, Qt.Key.Key_0, Qt.Key.Key_N):
        key(tool, code)

    assert wanted == [1, 9]
    assert following == [True]


def test_other_shape_drops_the_one_that_was_begun(tool):
    for x, y in ((20, 20), (120, 20), (120, 80)):
        click(tool, x, y)
    tool.set_shape(RECTANGLE)
    tool.set_shape(POLYGON)
    click(tool, 5, 5, RIGHT)

    assert tool.shapes == []
