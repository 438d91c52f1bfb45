"""From class ids to a coverage: runs, borders, faces, simplified without gaps. Pure arrays, no files."""
