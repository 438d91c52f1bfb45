"""The form of the dock: its sections, the job made of it, the estimate."""
