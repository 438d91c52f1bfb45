"""Class names of a raster's side file: those of the first band, and none of what is no side file."""

import pytest

from uhr_landcover.engine.raster.classes.side_file import category_names


def _names_of(tmp_path, body):
    (tmp_path / "map.tif.aux.xml").write_text(body, encoding="utf-8")
    return category_names(str(tmp_path / "map.tif"))


def test_category_names_come_from_the_first_band_with_their_gaps(tmp_path):
    body = (
        '<?xml version="1.0"?><PAMDataset><PAMRasterBand band="2"><CategoryNames><Category>No</Category>'
        '</CategoryNames></PAMRasterBand><PAMRasterBand band="1"><CategoryNames><Category>Bäume &amp; Co &lt;1&gt;'
        "</Category><Category /><Category></Category>\n<Category>Water</Category></CategoryNames>"
        "<Metadata><MDI>x</MDI></Metadata></PAMRasterBand></PAMDataset>"
    )

    assert _names_of(tmp_path, body) == ["Bäume & Co <1>", "", "", "Water"]


@pytest.mark.parametrize(
    "body", ["", "no markup", '<PAMRasterBand band="1"><CategoryNames><Category>Cut'], ids=["empty", "text", "cut off"]
)
def test_category_names_of_other_files_are_none(tmp_path, body):
    assert _names_of(tmp_path, body) == []


def test_category_names_file_with_definitions_of_its_own_has_none(tmp_path):
    """Entities that name each other ten times over become gigabytes in a parser."""
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    body = f'{bomb}<PAMRasterBand band="1"><CategoryNames><Category>&b;</Category></CategoryNames></PAMRasterBand>'

    assert _names_of(tmp_path, body) == []
