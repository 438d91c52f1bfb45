"""Names of classes in the user's language; the data keep theirs."""

from .i18n import tr


def class_name(name: str) -> str:
    """Return a class's name in the user's language, or as it is where it is none of ours."""
    return _known().get(name.strip().lower(), name)


def _known() -> dict:
    # Built on demand, not at import: the translator is installed later than this module is read.
    return {
        "unknown": tr("Unknown"),
        "urban land": tr("Urban land"),
        "agriculture land": tr("Agriculture land"),
        "rangeland": tr("Rangeland"),
        "forest land": tr("Forest land"),
        "water": tr("Water"),
        "barren land": tr("Barren land"),
    }
