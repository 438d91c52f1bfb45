"""Everything that runs inside QGIS: dock, task, layers. Loads nothing compiled."""
