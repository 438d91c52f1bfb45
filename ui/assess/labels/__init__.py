"""Labels of a sample: the way through its points, blind to the map that is assessed."""
