"""The chart of areas: what is drawn where, and in which colours."""

import pytest
from qgis.PyQt.QtGui import QColor

from uhr_landcover.ui.base.chart import AreaChart, Bar

BARS = (Bar(0.6, (0, 0, 255), "Water: 6 ha"), Bar(0.3, (0, 255, 0), "Forest: 3 ha"), Bar(0.1, (255, 255, 255), "Bare"))


@pytest.fixture
def chart(qgis_app):
    chart = AreaChart()
    chart.resize(360, 116)
    chart.show_bars(BARS)
    return chart


def height_of(image, x, color):
    return sum(image.pixelColor(x, y) == QColor(*color) for y in range(image.height()))


def test_bars_have_the_colours_of_the_legend_and_heights_in_proportion(chart):
    image = chart.grab().toImage()
    centres = [round(rect.center().x()) for rect in chart._rects()]

    heights = [height_of(image, x, bar.color) for x, bar in zip(centres, BARS, strict=True)]

    assert heights[0] > 80
    assert heights[1] == pytest.approx(heights[0] / 2, abs=3)
    assert heights[2] == pytest.approx(heights[0] / 6, abs=3)


def test_bar_at_answers_for_the_whole_column(chart):
    rect = chart._rects()[2]

    assert chart.bar_at(rect.center().x(), 12).text == "Bare"
    assert chart.bar_at(5, 12) is None


def test_chart_without_bars_takes_no_room(qgis_app):
    chart = AreaChart()

    chart.show_bars(())

    assert chart.isHidden()


def test_chart_has_words_for_who_cannot_see_it(chart):
    assert chart.accessibleName() == "Water: 6 ha; Forest: 3 ha; Bare"


@pytest.mark.parametrize("share", [1.0, 0.4, 0.03, 1e-6])
def test_grid_has_few_lines_whatever_the_shares(qgis_app, share):
    chart = AreaChart()
    chart.show_bars([Bar(share, (0, 0, 0), "")])

    assert 1 <= len(chart._grid()) <= 5


def test_axis_has_the_colour_that_a_dark_theme_gives_to_labels(qgis_app):
    """Such a theme works by style sheet and leaves the palette's text nearly as dark as the ground."""
    chart = AreaChart()
    plain = chart.ink()
    chart.setStyleSheet("QLabel { color: #d0e0f0; }")

    assert plain != QColor("#d0e0f0")
    assert chart.ink() == QColor("#d0e0f0")
