"""The store's migrations, one file a version under ``versions/``; imported only when a file is older."""
