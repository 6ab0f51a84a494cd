"""The verbs of a study, by room; each delegates to its use case in a line."""
