"""Bands by what they see: names and wavelengths, and the folders of Sentinel-2."""
