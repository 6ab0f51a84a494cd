"""Rounds of double coding: drawn, coded apart, closed, their disagreements decided."""
