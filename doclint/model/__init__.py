"""What a working document says: the projection of its Markdown onto roles."""
