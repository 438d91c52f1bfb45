"""The engine as a child process: its interpreter, its environment, its events, its tasks."""
