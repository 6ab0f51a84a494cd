"""Figures: functions of a result, drawn in one house style."""
