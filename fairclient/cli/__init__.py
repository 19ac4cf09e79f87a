"""Headless commands, for people who script and for tests: one command a file."""
