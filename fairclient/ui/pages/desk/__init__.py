"""The Desk page: a slip, what it owes here, and what was done."""
