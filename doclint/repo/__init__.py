"""What a repository knows: the files of one tree, and the history behind it."""
