"""Identity documents as they are typed or scanned."""
