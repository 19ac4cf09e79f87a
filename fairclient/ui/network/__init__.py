"""When to synchronise, and the one line on which it is done."""
