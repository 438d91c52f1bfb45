"""Headless engine: rasters in, land-cover maps out; also the command line. Knows no QGIS."""
