"""The words: templates, their engine, and the pages that turn results into views."""
