"""Slack: payloads in, Block Kit out, through Bolt's AsyncApp and one Web API client."""
