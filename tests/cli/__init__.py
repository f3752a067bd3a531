"""Tests of the command line, by module."""
