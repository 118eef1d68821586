"""Diagrams driven by officers through the verbs: one file for each behaviour."""
