"""Names: found whatever their spelling, shown as ids, refused in what leaves the study."""
