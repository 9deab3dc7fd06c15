"""What Slack calls, by kind. Every listener acknowledges and hands the work to the crew."""
