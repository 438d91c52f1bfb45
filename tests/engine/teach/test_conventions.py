import pytest

from uhr_landcover.engine.teach.examples.conventions import find_fields
from uhr_landcover.models.errors import DataError


def test_own_fields_are_found_with_subclass_and_colour():
    found = find_fields(["fid", "class_id", "class_name", "subclass", "red", "green", "blue"], "a")

    assert (found.class_id, found.class_name, found.subclass_name) == ("class_id", "class_name", "subclass")
    assert found.color == ("red", "green", "blue")


def test_fields_of_the_semi_automatic_classification_plugin_are_macroclasses_with_classes_inside():
    found = find_fields(["fid", "MC_ID", "MC_info", "C_ID", "C_info", "SCP_UID"], "roi")

    assert (found.class_id, found.class_name) == ("MC_ID", "MC_info")
    assert (found.subclass_id, found.subclass_name) == ("C_ID", "C_info")


def test_fields_of_arcgis_are_found_in_any_case():
    found = find_fields(["OBJECTID", "classname", "classvalue", "RED", "Green", "BLUE", "Count"], "samples")

    assert (found.class_id, found.class_name, found.color) == ("classvalue", "classname", ("RED", "Green", "BLUE"))
    assert found.columns == ("classvalue", "classname", "RED", "Green", "BLUE")


def test_field_that_the_user_names_goes_before_all():
    assert find_fields(["class_id", "cover"], "a", "Cover").columns == ("cover",)


def test_field_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(DataError, match="no field 'kind'; its fields are class_id, cover"):
        find_fields(["class_id", "cover"], "a", "kind")


def test_layer_of_no_known_kind_is_refused():
    with pytest.raises(DataError, match=r"its fields are id, type\. Name the field"):
        find_fields(["id", "type"], "a")
