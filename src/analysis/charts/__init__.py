"""Tables become drawings, each with its alt text and the rows behind it."""
