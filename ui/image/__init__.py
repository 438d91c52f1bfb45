"""The layer to classify: its facts, and files made of layers that are none."""
