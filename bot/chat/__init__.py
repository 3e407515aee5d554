"""The chat vocabulary: what reaches us and what we show, free of any platform."""
