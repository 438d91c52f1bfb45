"""Accuracy and area of a map: sampling design, response, estimates with intervals, report."""
