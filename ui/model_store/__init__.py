"""Models on this machine: their cards, where they are kept, importing more."""
