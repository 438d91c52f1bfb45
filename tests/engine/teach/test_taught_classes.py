import pytest

from uhr_landcover.engine.teach.examples.taught_classes import ExampleClass, taught_classes
from uhr_landcover.models.errors import DataError


def of(number=None, name="", subclass="", color=None):
    return ExampleClass(number=number, name=name, subclass=subclass, color=color)


def test_classes_get_ids_in_the_order_of_their_numbers_and_known_colours_by_name():
    classes, subclass = taught_classes([of(5, "Water"), of(4, "Forest land"), of(5, "Water")])

    assert [(c.class_id, c.name) for c in classes.legend.classes] == [
        (0, "Unclassified"),
        (1, "Forest land"),
        (2, "Water"),
    ]
    assert classes.legend.classes[2].color == (0, 0, 255)
    assert classes.numbers == (4, 5)
    assert subclass == [1, 0, 1]


def test_numbers_without_gaps_stay_class_ids():
    classes, _ = taught_classes([of(2, "b"), of(1, "a"), of(3, "c")])

    assert [c.name for c in classes.legend.classes] == ["Unclassified", "a", "b", "c"]


def test_names_alone_are_classes_in_any_case_of_letters():
    classes, subclass = taught_classes([of(name="Meadow"), of(name="wood"), of(name="meadow")])

    assert [c.name for c in classes.legend.classes[1:]] == ["Meadow", "wood"]
    assert subclass == [0, 1, 0]


def test_subclasses_belong_to_their_class():
    classes, subclass = taught_classes(
        [of(1, "roof", "red"), of(1, "roof", "grey"), of(2, "road"), of(1, "roof", "red")]
    )

    assert classes.subclass_names == ("roof: grey", "roof: red", "road")
    assert classes.class_of_subclass == (1, 1, 2)
    assert subclass == [1, 0, 2, 1]


def test_colour_of_the_layer_goes_before_known_ones():
    classes, _ = taught_classes([of(1, "Water", color=(1, 2, 3)), of(2, "b")])

    assert classes.legend.classes[1].color == (1, 2, 3)


def test_example_without_class_has_no_subclass():
    _, subclass = taught_classes([of(1, "a"), of(), of(2, "b"), of(0, "Unknown"), of(name="unclassified")])

    assert subclass == [0, -1, 1, -1, -1]


def test_number_without_name_gets_one():
    classes, _ = taught_classes([of(7), of(9)])

    assert [c.name for c in classes.legend.classes[1:]] == ["Class 7", "Class 9"]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [([of(1, "Water"), of(1, "Water")], "only 'Water'"), ([of()], "there is none")],
    ids=["one class", "no class"],
)
def test_fewer_than_two_classes_are_refused(given, sentence):
    with pytest.raises(DataError, match=sentence):
        taught_classes(given)


def test_more_classes_than_a_map_holds_are_refused():
    with pytest.raises(DataError, match="There are 255 classes; a map holds up to 254"):
        taught_classes([of(name=f"c{i}") for i in range(255)])
