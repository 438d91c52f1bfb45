"""Export of our checkpoints: the network as a fixed list of operations, with its metadata and its STAC item."""
