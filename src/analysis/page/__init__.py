"""Comparisons become what a page says: its answer, its sentences and its tables."""
