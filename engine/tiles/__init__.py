"""From a raster to tiles and back: cut, read, blend at seams, keep as shards, note in the journal."""
