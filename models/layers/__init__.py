"""Parts that networks are made of: blocks, backbones, pyramids, resizing, losses."""
