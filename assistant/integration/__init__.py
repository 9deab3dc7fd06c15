"""The assistant inside other programs: event loops, LangChain's runnables and retrievers, a guard for a model's
quotations."""
