"""What our small writer of XML prints, against the standard library's; which names its reader takes from side files."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uhr_landcover.engine.maps import markup
from uhr_landcover.engine.raster.category_names import category_names

TEXTS = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FFF))


def _sample(library, value, text):
    root = library.Element("a", {"class": value}, k="v")
    library.SubElement(root, "b", name=value).text = text
    library.SubElement(library.SubElement(root, "c"), "d")
    return root


@given(value=TEXTS, text=TEXTS)
def test_markup_prints_what_the_standard_library_prints(value, text):
    wanted = _sample(ElementTree, value, text)
    ElementTree.indent(wanted)

    assert markup.to_xml(_sample(markup, value, text)) == ElementTree.tostring(wanted, encoding="unicode")


@given(value=st.text("\n\t\r <>&\"'ä"))
def test_markup_attributes_survive_a_parser(value):
    root = ElementTree.fromstring(markup.to_xml(markup.Element("a", k=value)))

    assert root.get("k") == value


def _side_file(tmp_path, body):
    (tmp_path / "map.tif.aux.xml").write_text(body, encoding="utf-8")
    return category_names(str(tmp_path / "map.tif"))


def test_category_names_come_from_the_first_band_with_their_gaps(tmp_path):
    body = (
        '<?xml version="1.0"?><PAMDataset><PAMRasterBand band="2"><CategoryNames><Category>No</Category>'
        '</CategoryNames></PAMRasterBand><PAMRasterBand band="1"><CategoryNames><Category>Bäume &amp; Co &lt;1&gt;'
        "</Category><Category /><Category></Category>\n<Category>Water</Category></CategoryNames>"
        "<Metadata><MDI>x</MDI></Metadata></PAMRasterBand></PAMDataset>"
    )

    assert _side_file(tmp_path, body) == ["Bäume & Co <1>", "", "", "Water"]


@pytest.mark.parametrize(
    "body", ["", "no markup", '<PAMRasterBand band="1"><CategoryNames><Category>Cut'], ids=["empty", "text", "cut off"]
)
def test_category_names_of_other_files_are_none(tmp_path, body):
    assert _side_file(tmp_path, body) == []


def test_category_names_expands_no_entities_of_the_files_own(tmp_path):
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    body = f'{bomb}<PAMRasterBand band="1"><CategoryNames><Category>&b;</Category></CategoryNames></PAMRasterBand>'

    assert _side_file(tmp_path, body) == ["&b;"]
