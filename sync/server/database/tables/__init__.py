"""The tables that hold journals and what belongs to them; the tables of facts are in `projections`."""
