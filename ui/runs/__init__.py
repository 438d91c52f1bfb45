"""Runs of the panel: one at a time, those that wait, were interrupted, or have ended."""
