"""What `make bench` runs: each figure beside the bare library doing the same work, in one run."""
