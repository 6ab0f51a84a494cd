"""The truth on disk: the study's database and the vault of names."""
