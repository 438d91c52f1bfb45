"""GLNet (CVPR 2019): a global and a local branch share their features."""
