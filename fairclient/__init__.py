"""The desktop client that registers people at service fairs."""

__version__ = "0.1.0"
