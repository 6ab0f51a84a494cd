"""The door of the browser: one loopback server, closed to everyone else."""
