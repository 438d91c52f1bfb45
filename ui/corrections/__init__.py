"""Correcting in QGIS: outlines on a finished map get another class, and everything made of the map follows."""
