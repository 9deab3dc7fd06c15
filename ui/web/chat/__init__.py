"""The chat page: its layout in Gradio, what happens when somebody asks, and what is shown around an answer."""
