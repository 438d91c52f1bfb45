"""The contract between the two processes: what both may import. Standard library only, Python 3.9."""
