"""XML of styles and side files: any text of a legend survives a parser, or loses only what XML cannot hold."""

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from uhr_landcover.engine.maps.xml_text import Element, SubElement, to_xml, xml_safe


@given(text=st.text())
def test_to_xml_any_text_made_safe_survives_a_parser(text):
    root = Element("a", k=xml_safe(text))
    SubElement(root, "b").text = xml_safe(text).replace("\r", "")

    read = ElementTree.fromstring(to_xml(root))

    assert read.get("k") == xml_safe(text)
    assert (read[0].text or "") == xml_safe(text).replace("\r", "")


def test_to_xml_is_indented_and_has_no_declaration():
    root = Element("a", {"class": "x"})
    SubElement(root, "b", name="y").text = "1 < 2"
    SubElement(root, "c")

    assert to_xml(root) == '<a class="x">\n  <b name="y">1 &lt; 2</b>\n  <c />\n</a>'


def test_xml_safe_keeps_letters_of_all_planes_and_drops_control_characters():
    assert xml_safe("Wald\x00 \U0001f332\ufffe\ud800") == "Wald \U0001f332"
