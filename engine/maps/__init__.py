"""Maps that people look at: class raster, overviews, styles, preview, areas, zones, picture, report."""
