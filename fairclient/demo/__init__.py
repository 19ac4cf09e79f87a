"""One fictional fair day on the real parts: laptops, paper, desk, closing, centre."""
