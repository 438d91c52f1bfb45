"""ISDNet (CVPR 2022): a shallow branch on the image, a deep one on a small copy."""
