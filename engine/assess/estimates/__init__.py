"""Estimates of accuracy and area from a labelled sample, with their variances and intervals; pure numpy."""
