"""Agreement between coders: arrays in, numbers out."""
