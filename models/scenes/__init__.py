"""Generated landscapes with known classes."""
