"""Heads: small classifiers on the feature maps of a frozen encoder, fitted to a few examples."""
