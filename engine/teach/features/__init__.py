"""Features: what an encoder sees in a raster, tile by tile, kept and sampled."""
