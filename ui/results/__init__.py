"""What a run leaves in the project: layers, preview, table, export, history."""
