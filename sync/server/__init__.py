"""The server of a centre or a hub: takes sealed batches, gives signed receipts, hands on what others lack."""
