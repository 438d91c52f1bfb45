"""The training loop and what feeds it: chips, samples, augmentation, metrics."""
