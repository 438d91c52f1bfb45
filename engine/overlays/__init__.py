"""Layers laid over the pixels of a map: other class rasters, named polygons, maps that are polygons themselves."""
