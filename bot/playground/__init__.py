"""A local Slack workspace: Slack's side of the wire, a page for people, and a driver for tests.

Imports nothing else of `bot`, so that it cannot know what the bot meant to do.
"""
