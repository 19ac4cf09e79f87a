"""The HTTP side of the server: routes, limits, problems, processes."""
