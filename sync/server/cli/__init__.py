"""The commands of `fairserver`, for whoever runs it and for scripts."""
