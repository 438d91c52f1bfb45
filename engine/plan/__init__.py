"""What a run will do and need, decided before the first tile is read. Runs no network."""
