"""His words for language models: a Model Context Protocol server over stdio and HTTP, by the extra `mcp`."""
