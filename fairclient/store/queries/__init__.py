"""What the window and the use cases read, one subject a file; results are plain frozen data."""
