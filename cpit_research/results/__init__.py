"""What a computation hands over, and the tree of a document made of them."""
