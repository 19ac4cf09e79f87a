"""The client's end of sync: compare heads, send what is missing, take receipts, receive; over any carrier."""
