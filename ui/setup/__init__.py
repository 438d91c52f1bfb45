"""The window that makes the engine's environment, and what it does."""
