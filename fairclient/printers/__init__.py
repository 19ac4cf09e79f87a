"""Ways to a printer: how bytes get there, and what the printer says in return. No Qt here."""
