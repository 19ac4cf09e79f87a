"""The addresses, one file each: they unpack, call one function and pack."""
