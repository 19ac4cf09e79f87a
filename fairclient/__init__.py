"""The desktop client that registers people at service fairs."""

__version__ = "0.2.0"
