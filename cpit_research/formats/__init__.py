"""Reading and writing files: the only room, with the store, that touches the disk."""
