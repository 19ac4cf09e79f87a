"""The desktop client that registers people at service fairs."""
