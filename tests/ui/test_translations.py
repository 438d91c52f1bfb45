"""The plugin speaks the language of QGIS, with the panel and without."""

import pytest
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication

from uhr_landcover import classFactory
from uhr_landcover.ui.base.i18n import tr

CANCEL = {"de_AT": "Abbrechen", "fr": "Annuler", "es_MX": "Cancelar", "en_US": "Cancel", "pt_BR": "Cancel"}


@pytest.fixture
def speak(qgis_app, qgis_iface, monkeypatch):
    """Return a function that loads the plugin in a language; it is unloaded at the end."""
    plugins = []

    def load(locale, start="initGui"):
        monkeypatch.setattr(QgsApplication, "locale", staticmethod(lambda: locale))
        plugins.append(classFactory(qgis_iface))
        getattr(plugins[-1], start)()
        return plugins[-1]

    yield load
    for plugin in plugins:
        plugin.unload()
    assert tr("Cancel") == "Cancel"


@pytest.mark.parametrize("locale", CANCEL)
def test_texts_are_in_the_language_of_qgis(speak, locale):
    speak(locale)

    assert tr("Cancel") == CANCEL[locale]


def test_texts_of_several_paragraphs_and_signs_are_found(speak):
    speak("de")

    assert tr(" m²") == " m²"
    assert tr("“{path}” is not there any more.") == "„{path}“ ist nicht mehr da."


def test_processing_is_translated_without_the_panel(speak):
    speak("fr", "initProcessing")

    algorithm = QgsApplication.processingRegistry().algorithmById("uhr_landcover:segment")
    assert algorithm.displayName() == "Segmenter un raster en occupation du sol"


def test_unload_takes_the_translator_away(speak):
    plugin = speak("de")
    plugin.unload()

    assert tr("Cancel") == "Cancel"
    assert QCoreApplication.translate("UhrLandCover", "Layer") == "Layer"


def test_panel_opens_in_every_language(speak):
    for locale in CANCEL:
        plugin = speak(locale)
        plugin.show_dock(True)
        assert plugin.dock.running.cancel_button.text() == CANCEL[locale]
        plugin.unload()
