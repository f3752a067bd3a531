"""The ways of checking: one module each, bound to one rule or to several by their pages."""
