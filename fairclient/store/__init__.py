"""The encrypted store of a laptop: keys, tables, journals, the unit of work, queries and migrations."""
