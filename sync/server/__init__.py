"""The server of a centre or a hub: takes sealed batches, answers with signed receipts, hands out what others lack."""
