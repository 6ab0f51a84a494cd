"""The grid at work: its files, its releases, what partners and the field say of it, its debt."""
