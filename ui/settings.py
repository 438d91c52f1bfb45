"""What the plugin remembers between sessions, typed."""

from typing import Tuple

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
    def method(self) -> str:
        """Method chosen last."""
        return self._text("method", "isdnet")

    @method.setter
    def method(self, value: str) -> None:
        self._set("method", value)

    @property
    def preset(self) -> str:
        """Preset chosen last."""
        return self._text("preset", "balanced")

    @preset.setter
    def preset(self, value: str) -> None:
        self._set("preset", value)

    @property
    def device(self) -> str:
        """Device chosen last."""
        return self._text("device", "auto")

    @device.setter
    def device(self, value: str) -> None:
        self._set("device", value)

    @property
    def vector_formats(self) -> Tuple[str, ...]:
        """Polygon formats chosen last."""
        return tuple(f for f in self._text("vector_formats", "gpkg,shp").split(",") if f != "none")

    @vector_formats.setter
    def vector_formats(self, value: Tuple[str, ...]) -> None:
        self._set("vector_formats", ",".join(value) or "none")

    @property
    def report(self) -> bool:
        """Whether a report was asked for last."""
        return self._text("report", "true") == "true"

    @report.setter
    def report(self, value: bool) -> None:
        self._set("report", "true" if value else "false")

    def _text(self, key: str, default: str = "") -> str:
        return str(self._settings.value(f"{GROUP}/{key}", default) or default)

    def _set(self, key: str, value: str) -> None:
        self._settings.setValue(f"{GROUP}/{key}", value)
