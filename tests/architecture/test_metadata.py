"""What is written down in several places says the same in each."""

import configparser
import json
import re
import tomllib
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from uhr_landcover.engine.maps.styles import write_raster_style, write_vector_style
from uhr_landcover.models.checkpoint import read_card
from uhr_landcover.models.legend import load_legend

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ROOT / "resources" / "requirements"
CHECKPOINTS = sorted((ROOT / "resources" / "checkpoints").glob("*.safetensors"))
LEGENDS = sorted((ROOT / "resources" / "legends").glob("*.json"))
REQUIRED_KEYS = {
    "name", "description", "about", "version", "qgisminimumversion", "qgismaximumversion", "author", "email",
    "homepage", "tracker", "repository", "license", "icon", "changelog", "hasprocessingprovider",
}  # fmt: skip
STARTER_LIMIT_BYTES = 20e6


@pytest.fixture(scope="module")
def metadata():
    # With interpolation on, as QGIS and its plugin site read the file: a lone % is an error.
    parser = configparser.ConfigParser()
    parser.read(ROOT / "metadata.txt", encoding="utf-8")
    return parser["general"]


def _requirements(*names):
    lines = (line for name in names for line in (REQUIREMENTS / name).read_text().splitlines())
    return {r.name: r for r in (Requirement(line) for line in lines if line.strip() and not line.startswith("#"))}


def test_version_is_the_same_everywhere(metadata):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    newest = re.search(r"^## (\d\S*)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)

    assert re.fullmatch(r"\d+\.\d+\.\d+", metadata["version"])
    assert project["version"] == metadata["version"]
    assert newest is not None
    assert newest[1] == metadata["version"]


def test_metadata_has_every_key_the_plugin_site_wants(metadata):
    assert REQUIRED_KEYS - set(metadata) == set()
    assert [key for key in REQUIRED_KEYS if not metadata[key].strip()] == []


def test_metadata_keeps_the_plugin_sites_rules(metadata):
    assert "supportsqt6" not in metadata
    assert metadata["qgisMaximumVersion"] == "4.99"
    assert "/" not in metadata["author"]
    assert metadata["description"].isascii()
    assert metadata["hasProcessingProvider"] == "yes"


def test_metadata_names_an_icon_that_exists(metadata):
    assert (ROOT / metadata["icon"]).is_file()


def test_licence_is_gpl_2_or_later(metadata):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")

    assert project["license"]["text"] == "GPL-2.0-or-later"
    assert "GPL" in metadata["license"]
    assert "GNU GENERAL PUBLIC LICENSE" in text
    assert "Version 2, June 1991" in text


def test_every_engine_requirement_has_a_pin_in_its_range():
    wanted, pins = _requirements("engine.txt"), _requirements("pins.txt")

    assert set(wanted) == set(pins)
    versions = {name: next(iter(pin.specifier)).version for name, pin in pins.items()}
    assert [name for name, requirement in wanted.items() if versions[name] not in requirement.specifier] == []


def test_every_torch_build_has_the_same_version():
    pins = [next(iter(_requirements(f"torch-{kind}.txt")["torch"].specifier)) for kind in ("cpu", "cuda", "plain")]

    assert {pin.operator for pin in pins} == {"=="}
    assert len({pin.version.split("+")[0] for pin in pins}) == 1


def test_every_package_the_engine_needs_has_its_reason():
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")

    assert [name for name in [*_requirements("engine.txt"), "torch"] if name not in text] == []


@pytest.mark.parametrize("path", LEGENDS, ids=lambda path: path.stem)
def test_legend_is_named_like_its_file(path):
    assert load_legend(path.stem).name == path.stem


@pytest.mark.parametrize("path", LEGENDS, ids=lambda path: path.stem)
def test_styles_have_the_legends_names_and_colours(path, tmp_path):
    legend = load_legend(path.stem)
    write_raster_style(legend, tmp_path / "raster.qml")
    write_vector_style(legend, tmp_path / "vector.qml")

    entries = ElementTree.parse(tmp_path / "raster.qml").iter("paletteEntry")
    categories = ElementTree.parse(tmp_path / "vector.qml").iter("category")

    wanted = {str(c.class_id): (c.name, "#{:02x}{:02x}{:02x}".format(*c.color)) for c in legend.classes}
    assert {e.get("value"): (e.get("label"), e.get("color").lower()) for e in entries} == wanted
    assert {c.get("value"): c.get("label") for c in categories} == {i: name for i, (name, _) in wanted.items()}


@pytest.mark.skipif(not CHECKPOINTS, reason="there is no starter in resources/checkpoints")
def test_starters_have_cards_with_known_legends():
    cards = [read_card(path) for path in CHECKPOINTS]

    assert [card.name for card in cards] == [path.stem for path in CHECKPOINTS]
    assert [card.name for card in cards if card.legend != load_legend(card.legend.name)] == []
    assert [card.name for card in cards if not card.notice or card.licence == "unspecified"] == []


def test_starters_fit_into_the_plugins_zip():
    assert sum(path.stat().st_size for path in CHECKPOINTS) <= STARTER_LIMIT_BYTES


def test_resources_are_valid_json():
    for path in (ROOT / "resources").rglob("*.json"):
        json.loads(path.read_text(encoding="utf-8"))


def test_models_page_names_the_figures_on_the_starters_cards():
    """A figure in the documents that no card holds is a claim nobody measured."""
    text = (ROOT / "docs" / "models.md").read_text(encoding="utf-8")
    cards = [read_card(path) for path in sorted((ROOT / "resources" / "checkpoints").glob("*.safetensors"))]
    figures = [m for card in cards for m in card.metrics.values()]

    assert cards
    assert [m for m in figures if f"{m['mean_iou']:.3f} | {m['accuracy']:.3f}" not in text] == []


def test_every_link_of_the_documents_leads_somewhere():
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
    links = [(page, link) for page in pages for link in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8"))]

    assert [f"{page.name}: {link}" for page, link in links if not (page.parent / link).exists()] == []


def test_every_document_is_reached_from_the_index():
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")

    assert [p.name for p in sorted((ROOT / "docs").glob("*.md")) if p.name != "README.md" and p.name not in index] == []
