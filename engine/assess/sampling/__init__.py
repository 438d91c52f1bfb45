"""Sampling designs: population and strata of a map, sizes, and the draw of units."""
