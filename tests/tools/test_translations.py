"""Every text of the plugin is translated, completely and with what it needs; ./dev translations keeps it so."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("de", "fr", "es")
SHOWN_BY = {
    "setText", "setToolTip", "setWindowTitle", "setTitle", "setPlaceholderText", "setSpecialValueText", "setWhatsThis",
    "setDialogTitle", "setStatusTip", "addTab", "addRow", "QPushButton", "QLabel", "QCheckBox", "QGroupBox", "QAction",
    "QgsCollapsibleGroupBox", "MutedLabel", "WrappingLabel", "addAction",
}  # fmt: skip
PROSE = re.compile(r"[A-Za-z]{3,}")


@pytest.fixture
def translations(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    import translations

    return translations


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_with_its_placeholders(translations, language):
    finished = translations.read(language)

    left = [source for source in translations.sources() if not finished.get(source)]
    assert left == [], f"{len(left)} texts: add them to {translations.ts_path(language).name} after ./dev translations"
    wrong = [(s, list(translations.problems(s, finished[s]))) for s in translations.sources()]
    assert [pair for pair in wrong if pair[1]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_for_qt_are_made_from_those_for_translators(translations, language):
    wanted = translations.compiled(translations.read(language))

    assert translations.qm_path(language).read_bytes() == wanted, "run ./dev translations"


def test_an_update_keeps_what_is_translated_and_tells_what_is_new(translations, monkeypatch, tmp_path):
    monkeypatch.setattr(translations, "FOLDER", tmp_path)
    monkeypatch.setattr(translations, "sources", lambda: {"Old": ["plugin.py"], "New {n}": ["plugin.py"]})
    for language in LANGUAGES:
        translations.write(
            language, {"Old": "Alt & <alt>", "Gone": "Weg"}, {"Old": ["plugin.py"], "Gone": ["plugin.py"]}
        )

    left = translations.update()

    assert [sentence for sentence in left if sentence.startswith("de")] == ["de: not translated: 'New {n}'"]
    assert translations.read("de") == {"Old": "Alt & <alt>"}


@pytest.mark.parametrize(
    ("source", "translation", "problem"),
    [
        ("{n} of {m}", "{n} von {k}", "other placeholders"),
        ("&Use", "Benutzen", "the key of one"),
        ("a\n\nb", "a b", "other paragraphs"),
        (" m", "m", "other blanks"),
    ],
)
def test_a_translation_that_lost_something_is_a_problem(translations, source, translation, problem):
    assert any(problem in found for found in translations.problems(source, translation))


def untranslated(text):
    """Return prose that is given to a widget without tr()."""
    return [
        f"line {part.lineno}: {part.value!r}"
        for call in ast.walk(ast.parse(text))
        if isinstance(call, ast.Call) and getattr(call.func, "attr", getattr(call.func, "id", "")) in SHOWN_BY
        for argument in call.args
        for part in ([argument] if not isinstance(argument, ast.JoinedStr) else argument.values)
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and PROSE.search(part.value)
    ]


@pytest.mark.parametrize("path", [ROOT / "plugin.py", *sorted((ROOT / "ui").rglob("*.py"))], ids=lambda p: p.stem)
def test_no_prose_is_shown_without_translation(path):
    assert untranslated(path.read_text(encoding="utf-8")) == []


def test_prose_without_translation_is_found():
    assert len(untranslated("a.setText('Hello there')\nb = QLabel(f'Count {n}')\nc.setText(tr('Fine'))\n")) == 2
