"""How reports are joined: a module for each format."""
