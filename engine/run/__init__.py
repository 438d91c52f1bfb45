"""A job at work: the pipeline and its stages, the working folder, resuming, many rasters."""
