"""PPN / GRNet (AAAI 2020): only the patches worth a second look are refined."""
