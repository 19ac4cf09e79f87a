"""Scanners that type, scanners on a serial port, and the camera."""
