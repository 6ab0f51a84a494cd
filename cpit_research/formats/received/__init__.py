"""Reading what the field sends: documents in, canonical text and its parts out."""
