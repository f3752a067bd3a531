"""Markdown, parsed into nodes that know their place."""
