"""Frozen nouns: what the programme talks about. Standard library only."""
