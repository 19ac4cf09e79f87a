"""What goes wrong on a fair's day, thrown at the real parts."""
