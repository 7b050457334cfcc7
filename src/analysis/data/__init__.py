"""Raw files become typed tables, or one list of everything that is wrong with them."""
