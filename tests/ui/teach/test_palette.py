import pytest

pytest.importorskip("qgis")

from uhr_landcover.ui.teach.palette import Palette, PaletteClass, PaletteRefused, first_palette


def test_first_palette_is_that_of_deepglobe_without_unknown():
    palette = first_palette()

    assert [c.number for c in palette.classes] == [1, 2, 3, 4, 5, 6]
    assert palette.named("water") == PaletteClass(5, "Water", (0, 0, 255))


def test_new_class_gets_the_next_number_and_no_number_of_one_that_was_deleted_last():
    palette = Palette().with_new("Roof").with_new("Road").without(1)

    assert [(c.number, c.name) for c in palette.with_new("Tree").classes] == [(2, "Road"), (3, "Tree")]


@pytest.mark.parametrize("name", ["", "  ", "road", " ROAD "])
def test_name_that_is_empty_or_taken_is_refused(name):
    palette = Palette().with_new("Roof").with_new("Road")

    with pytest.raises(PaletteRefused, match=r"needs a name|already a class"):
        palette.renamed(1, name)


def test_class_may_change_the_case_of_its_own_name():
    assert Palette().with_new("roof").renamed(1, "Roof").classes[0].name == "Roof"


def test_palette_comes_back_from_its_text():
    palette = first_palette().recolored(3, (1, 2, 3)).renamed(3, "Wiese – “grün”")

    assert Palette.from_json(palette.to_json()) == palette


@pytest.mark.parametrize("text", ["", "[", "{}", "[[1]]", "null", '[["a", "b", "c"]]'])
def test_broken_text_is_an_empty_palette(text):
    assert Palette.from_json(text) == Palette()
