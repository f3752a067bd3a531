"""Finds the claims in working documents that Git can prove wrong."""

__version__ = "0.1.0"
