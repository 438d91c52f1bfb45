"""Class rasters as files: their values, legend, side file and confidence."""
