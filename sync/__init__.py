"""Carrying journals between laptops, hubs, sticks and the centre: the contract and both of its ends."""
