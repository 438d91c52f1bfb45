"""Encoders: networks that turn an image into feature maps, taught once and then left as they are."""
