"""Training data from rasters and polygons, and generated scenes as rasters."""
