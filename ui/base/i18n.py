"""Translation of the plugin's texts."""

from qgis.PyQt.QtCore import QCoreApplication

CONTEXT = "UhrLandCover"


def language() -> str:
    """Return the two letters of the language that the plugin speaks."""
    return tr("en")


def tr(text: str) -> str:
    """Return a text in the user's language, or as it is where there is no translation."""
    return QCoreApplication.translate(CONTEXT, text)
