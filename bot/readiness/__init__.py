"""The domain: pure rules and values; `now` is always a parameter."""
