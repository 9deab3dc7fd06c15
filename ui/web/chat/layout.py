"""The layout of the chat page in Gradio. Everything foreign reaches it as HTML made by the renderers."""

from typing import Any

import gradio as gr

from ui.web.chat.chat_events import Chat
from ui.web.chat.first_sight import UNTITLED
from ui.web.chat.streaming import Answering

# Gradio runs this in the browser before it sends the question: the filters stand in the page's address.
_WITH_WISHES = (
    "(question, chat, wishes, ...rest) => [window.ilya.pending(question), chat, window.ilya.wishes(), ...rest]"
)
# Only once Gradio has closed an answer does it take the next question; the button says so, and not sooner.
_READY = "() => [{ __type__: 'update', visible: true }, { __type__: 'update', visible: false }]"
_REMEMBER = "(conversation) => window.ilya.remember(conversation)"


def build_page(answering: Answering, root: str = "") -> gr.Blocks:
    """Return the page; `root` is the path under which a proxy serves it."""
    page = gr.Blocks(title=UNTITLED, analytics_enabled=False)
    with page:
        language = gr.State("en")
        conversation = gr.Textbox(visible=False)
        wishes = gr.Textbox(visible=False)
        chat = _chatbot()
        # unseen until the visitor's language is known: nobody types into a page that is still being labelled
        with gr.Column(elem_id="composer", visible=False) as composer:
            filters = gr.HTML(elem_id="filters")
            with gr.Row(elem_id="ask-row"):
                # not Gradio's autofocus: it takes the focus back whenever the box is updated, also from a card
                question = gr.Textbox(elem_id="question", show_label=False, container=False, max_lines=6, scale=9)
                ask = gr.Button("", elem_id="ask", variant="primary", scale=0, min_width=80)
                stop = gr.Button("", elem_id="stop", scale=0, min_width=80, visible=False)
        handlers = Chat(answering, root)
        rest = [chat, wishes, language, conversation]
        shown = [chat, question, ask, stop, conversation]
        # progress is told to a button, which shows none: Gradio's hidden trackers draw frame after frame, also at rest
        quiet: dict[str, Any] = {"show_progress": "hidden", "show_progress_on": ask, "api_visibility": "private"}
        for trigger in (question.submit, ask.click):
            answered = trigger(handlers.reply, inputs=[question, *rest], outputs=shown, js=_WITH_WISHES, **quiet)
            answered.then(None, outputs=[ask, stop], js=_READY, **quiet)
        conversation.change(None, inputs=[conversation], js=_REMEMBER, **quiet)
        # not Gradio's `cancels`: that waits for the answer's next word, which a model may never send
        stop.click(handlers.stop, queue=False, **quiet)
        page.unload(handlers.stop)
        page.load(
            handlers.greet,
            outputs=[language, chat, composer, filters, question, ask, stop, conversation],
            **quiet,
        )
    return page


def _chatbot() -> gr.Chatbot:
    return gr.Chatbot(
        elem_id="chat",
        show_label=False,
        container=False,
        autoscroll=False,
        latex_delimiters=[],
        line_breaks=False,
        buttons=[],
        feedback_options=None,
        layout="panel",
        height=None,
        group_consecutive_messages=False,
    )
