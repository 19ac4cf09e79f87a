"""How facts are asked for, the rules across them, and the catalogues that both stand on."""
