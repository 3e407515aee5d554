"""Bridgehead: governs AI projects from proof of concept to production, in chat."""
