"""Canonical text, offsets in Unicode code points, quotations found again."""
