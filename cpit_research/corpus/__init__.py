"""Columnar collections that only select: the texts, and what was said of them."""
