"""The contract between every laptop, hub, stick and centre: facts, entries, batches, receipts and routes."""
