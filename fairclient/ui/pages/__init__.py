"""The pages of the window, one a file; a page with many cards has one card a file."""
