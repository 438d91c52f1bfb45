"""Scores maps with a labelled sample: classes at the points, strata, and all estimates."""
