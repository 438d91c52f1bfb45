"""UHR Land Cover: land-cover maps of very large rasters, as a QGIS plugin and a headless engine."""


def classFactory(iface):  # noqa: ANN001, ANN201 - the name and signature QGIS looks for
    """Return the plugin object; called by QGIS when the plugin is enabled."""
    from .plugin import UhrLandCoverPlugin

    return UhrLandCoverPlugin(iface)
