"""Design of a sample: the form, and the engine's arguments that it comes to."""
