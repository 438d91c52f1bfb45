"""Tile sets: labelled tiles of many places and resolutions, drawn evenly and varied strongly for training."""
