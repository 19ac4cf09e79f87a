"""The tables: one file for each kind of fact, and those of the journal and the program itself."""
