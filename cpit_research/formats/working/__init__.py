"""Reading and writing the team's own files: grids, register, coding sheets, findings."""
