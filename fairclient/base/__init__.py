"""What every layer stands on: errors in words, the clock, ids, settings, the log, resources and the home."""
