"""Teaching in QGIS: draw examples on an image, watch the map of the view, map the whole layer with the model."""
