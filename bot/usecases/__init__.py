"""Use cases: gather, ask the domain, save. They never commit, never word, never send."""
