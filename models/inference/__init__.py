"""Inference of trained networks, made fast and small, with their memory known beforehand."""
