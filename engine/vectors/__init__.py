"""Polygons as files: features, batches, GeoPackage and its kin, and how a class raster becomes them."""
