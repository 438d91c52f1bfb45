"""Session: a panel's requests about a raster that is being taught, and their answers."""
