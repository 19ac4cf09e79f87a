"""The tables of facts, one kind a file, and how entries become their rows."""
