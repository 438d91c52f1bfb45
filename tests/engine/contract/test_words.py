"""Words of classes, cards and reports: complete in every language, numbers as people write them."""

import ast
import json
from pathlib import Path

import pytest

from uhr_landcover.engine.contract.words import FILE, LANGUAGES, Words
from uhr_landcover.models.checkpoint import read_card

ROOT = Path(__file__).parents[3]
WORDS = json.loads(Path(FILE).read_text(encoding="utf-8"))
UNITS = {"ha", "km²"}


def said_in(path):
    """Return the texts that a module says: literals handed to `say`, and constants that are."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    constants = {
        node.targets[0].id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "say":
            (text, *_) = node.args
            if isinstance(text, ast.Constant):
                yield text.value
            elif isinstance(text, ast.Name) and text.id in constants:
                yield constants[text.id]


def test_every_text_of_the_report_is_in_every_language():
    texts = set(said_in(ROOT / "engine" / "maps" / "report.py"))

    assert len(texts) > 30
    assert texts - set(WORDS["texts"]) == set()


def test_every_sentence_of_the_cards_that_ship_is_in_every_language():
    cards = [read_card(path) for path in (ROOT / "resources" / "checkpoints").glob("*.safetensors")]

    assert cards
    assert {t for card in cards for t in (card.notice, *card.limits, *card.data)} - set(WORDS["texts"]) == set()


@pytest.mark.parametrize("path", sorted((ROOT / "resources" / "legends").glob("*.json")), ids=lambda p: p.stem)
def test_every_class_of_the_legends_that_ship_is_in_every_language(path):
    names = {each["name"] for each in json.loads(path.read_text(encoding="utf-8"))["classes"]}

    assert names - set(WORDS["classes"]) == set()


@pytest.mark.parametrize("part", ["texts", "classes"])
def test_every_word_is_there_three_times_with_its_placeholders(part):
    fields = {name: {k for k in ("{n}", "{names}", "{name}", "{m}") if k in name} for name in WORDS[part]}
    for name, said in WORDS[part].items():
        assert set(said) == set(LANGUAGES) - {"en"}, name
        assert all(text.strip() and all(k in text for k in fields[name]) for text in said.values()), name


@pytest.mark.parametrize(
    ("language", "number", "share"),
    [("en", "12,345.6", "4.5%"), ("de_AT", "12.345,6", "4,5\u00a0%"), ("fr", "12\u202f345,6", "4,5\u00a0%")],
)
def test_numbers_have_the_separators_of_the_language(language, number, share):
    assert Words(language).number(12345.6, 1) == number
    assert Words(language).share(0.045) == share


def test_words_of_others_stay_as_they_are():
    assert Words("de").say("Made by {someone}") == "Made by {someone}"
    assert Words("de").class_name("Olive grove") == "Olive grove"
    assert Words("pt_BR").say("Map") == "Map"
    assert Words("de").class_name(" WATER ") == "Wasser"
