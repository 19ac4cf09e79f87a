"""The parts that pages are built of, one widget a file."""
