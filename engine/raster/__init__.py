"""Rasters as they lie on disk: grid, bands, number types, class ids, ground area. Reads, never writes."""
