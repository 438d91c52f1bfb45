"""Assessment of a printed error matrix."""
