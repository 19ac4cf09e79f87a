"""What scanners read from identity documents: the old cédula's barcode and the lines that machines read."""
