"""The Register page: who came, what is needed, and the slip."""
