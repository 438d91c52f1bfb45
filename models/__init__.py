"""Networks, their weights and their training. Knows no jobs and no rasters."""
