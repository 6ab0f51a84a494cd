"""Writing what leaves a study, and reading it back for the gate."""
