"""A second client, written from docs/protocol.md alone: page and program keep each other true by it."""
