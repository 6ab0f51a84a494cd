"""Several copies of one study: lots that go out, bundles that come back, merging, conflicts."""
