"""Requests that people make of the engine, a module each; engine/api.py lists them for Python, commands/ for shells."""
