"""Record of a training run on disk: its curves and the state it goes on from."""
