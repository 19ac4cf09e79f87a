"""One person: what is known, what happened, and what can be done with it."""
