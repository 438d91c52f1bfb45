"""Words of classes, cards and reports in the languages of the plugin; the data keep the English ones.

Part of the contract between QGIS and the engine: standard library only, Python 3.9 syntax.
"""

import json
import os
from functools import lru_cache
from typing import Dict

LANGUAGES = ("en", "de", "es", "fr")
FILE = os.path.join(os.path.dirname(__file__), "..", "..", "resources", "i18n", "words.json")

_SEPARATORS = {"en": (",", "."), "de": (".", ","), "es": (".", ","), "fr": ("\u202f", ",")}
"""Language → what stands between thousands, and before decimals."""


class Words:
    """Texts and numbers in one language.

    Args:
        language: One of LANGUAGES, or a locale that begins with one ("de_AT"); English for others.
    """

    def __init__(self, language: str = "") -> None:
        self.language = language[:2] if language[:2] in LANGUAGES else "en"

    def say(self, text: str, **values: object) -> str:
        """Return a text with its values filled in; in English where there is no translation."""
        said = _words()["texts"].get(text, {}).get(self.language, text)
        return said.format(**values) if values else said

    def class_name(self, name: str) -> str:
        """Return the name of a class, or as it is where it is none of the legends that ship."""
        return _words()["classes"].get(name.strip().lower(), {}).get(self.language, name)

    def number(self, value: float, decimals: int = 0) -> str:
        """Return a number with so many decimals."""
        thousands, point = _SEPARATORS[self.language]
        return f"{value:,.{decimals}f}".replace(",", "\0").replace(".", point).replace("\0", thousands)

    def share(self, share: float, decimals: int = 1) -> str:
        """Return a share of 0 to 1 in per cent."""
        gap = "" if self.language == "en" else "\u00a0"
        return f"{self.number(100 * share, decimals)}{gap}%"


@lru_cache(maxsize=1)
def _words() -> Dict[str, Dict[str, Dict[str, str]]]:
    with open(FILE, encoding="utf-8") as file:
        data = json.load(file)
    return {"texts": data["texts"], "classes": {name.lower(): each for name, each in data["classes"].items()}}
