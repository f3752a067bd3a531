"""The verbs of the command line: a module for each, in which `command` is what click calls."""
