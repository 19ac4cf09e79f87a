"""What goes wrong for whoever runs the server, as sentences that the command line shows."""

from __future__ import annotations


class Refusal(Exception):
    """Something the server can't do, told in plain English sentences: what happened and what to do."""
