"""The Slack bot, on Bolt for Python; `pip install 'ask-ilya[slack]'`."""
