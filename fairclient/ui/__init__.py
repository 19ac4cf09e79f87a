"""The window: the only place of the program that knows Qt."""
