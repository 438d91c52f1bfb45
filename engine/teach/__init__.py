"""Teaching: examples drawn on a raster become a checkpoint."""
