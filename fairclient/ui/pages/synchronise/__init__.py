"""The Synchronise page: the truth about what is where, and the ways to the centre."""
