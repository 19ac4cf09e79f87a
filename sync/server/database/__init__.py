"""The database beneath the server: engines, statements, locks, tables."""
