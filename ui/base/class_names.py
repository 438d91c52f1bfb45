"""Names of classes and sentences of cards in the user's language; the data keep theirs."""

from ...engine.contract.words import Words
from .i18n import language


def class_name(name: str) -> str:
    """Return a class's name in the user's language, or as it is where it is none of ours."""
    return Words(language()).class_name(name)


def card_text(text: str) -> str:
    """Return a sentence of a card that ships in the user's language; other cards speak for themselves."""
    return Words(language()).say(text)
