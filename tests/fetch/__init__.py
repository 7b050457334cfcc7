"""Fetching, against a server on this machine; a package, so that two files may be conftest."""
