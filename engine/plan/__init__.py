"""Plan of a run: what it will do and need, decided before the first tile is read. Runs no network."""
