"""Slips (fichas): the signed token, the human code, what stands on the paper, and its PDF."""
