"""Slips on their way from the queue to paper."""
