"""The chat platforms. None knows another."""
