"""The surfaces: terminal, web page, Slack, API. All show the same Answer through the same renderers."""
