"""How a trained network is made fast and small, and how its memory is known beforehand."""
