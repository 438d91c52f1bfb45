"""The machine around the engine: errors, devices, files on disk, how a run is stopped, how it speaks."""
