"""What a run leaves in the project: layers, styles, table, export."""
