"""Settings of the plugin, typed: what it remembers between sessions."""

from qgis.core import QgsSettings

GROUP = "uhr_landcover"


class PluginSettings:
    """Typed view of the plugin's entries in QgsSettings; stores nothing itself."""

    def __init__(self, settings: QgsSettings = None) -> None:
        self._settings = settings or QgsSettings()

    @property
    def engine_python(self) -> str:
        """Interpreter the user chose for the engine; empty to look for one."""
        return self._text("engine_python")

    @engine_python.setter
    def engine_python(self, value: str) -> None:
        self._set("engine_python", value)

    @property
    def output_dir(self) -> str:
        """Folder of the last results; empty before the first run."""
        return self._text("output_dir")

    @output_dir.setter
    def output_dir(self, value: str) -> None:
        self._set("output_dir", value)

    @property
    def form(self) -> str:
        """The form of the last run as the JSON of a job; empty before the first run."""
        return self._text("form")

    @form.setter
    def form(self, value: str) -> None:
        self._set("form", value)

    @property
    def advanced_is_open(self) -> bool:
        """Whether the advanced choices were unfolded last."""
        return self._text("advanced_is_open") == "true"

    @advanced_is_open.setter
    def advanced_is_open(self, value: bool) -> None:
        self._set("advanced_is_open", "true" if value else "false")

    @property
    def look(self) -> str:
        """How results were drawn last, as JSON; empty before anything was chosen."""
        return self._text("look")

    @look.setter
    def look(self, value: str) -> None:
        self._set("look", value)

    def _text(self, key: str, default: str = "") -> str:
        return str(self._settings.value(f"{GROUP}/{key}", default) or default)

    def _set(self, key: str, value: str) -> None:
        self._settings.setValue(f"{GROUP}/{key}", value)
