"""Notebooks become pages, and only those that are out of date."""
