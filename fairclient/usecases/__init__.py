"""What people do at a fair: one verb a file, one write transaction each."""
