"""The Printers page: which printers there are, how a slip looks, and what waits."""
