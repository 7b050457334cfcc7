"""Tables become comparisons: like with like, or a refusal with its reason."""
