"""The chat page: a Gradio layout over `Answering`. Everything foreign reaches it as HTML made by the renderers."""

import html
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import gradio as gr

from assistant import Filters
from ui.rendering.html import text
from ui.web.answering import Answering
from ui.web.markup import masthead, notice
from ui.web.texts import PageTexts, page_texts, preferred_language

EXAMPLES = 4
_ECHO = 300
"""Characters of a question that the chat repeats."""

Message = Mapping[str, Any]


def build_page(answering: Answering) -> gr.Blocks:
    """Return the page."""
    subject = answering.assistant.subject.name
    page = gr.Blocks(title=f"ask-ilya: {subject}", analytics_enabled=False)
    with page:
        language = gr.State("en")
        head = gr.HTML(elem_id="head")
        chat = gr.Chatbot(
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
        with gr.Column(elem_id="welcome"):
            try_one = gr.HTML(elem_id="try-one")
            starters = [gr.Button("", elem_classes=["starter"], size="sm") for _ in range(EXAMPLES)]
        with gr.Row(elem_id="composer"):
            question = gr.Textbox(
                elem_id="question", show_label=False, container=False, lines=1, max_lines=6, autofocus=True, scale=9
            )
            ask = gr.Button("", elem_id="ask", variant="primary", scale=0, min_width=80)
            stop = gr.Button("", elem_id="stop", scale=0, min_width=80, visible=False)

        def reply(asked: str, messages: Sequence[Message], code: str) -> Iterator[tuple[Any, ...]]:
            texts = page_texts(code)
            before = [dict(message) for message in messages or ()]
            history = questions_in(before)
            echo = asked.strip()
            said = {"role": "user", "content": text(echo if len(echo) <= _ECHO else echo[:_ECHO] + " …") or "…"}
            running = (gr.update(value=""), gr.update(visible=False), gr.update(visible=True))
            yield ([*before, said], *running)
            shown: list[Any] = [*before, said]
            for message, _ in answering.replies(asked, history=history, filters=Filters(), page=texts):
                shown = [*before, said, {"role": "assistant", "content": message}]
                yield (shown, *running)
            yield (shown, gr.update(), gr.update(visible=True), gr.update(visible=False))

        def halt(messages: Sequence[Message], code: str) -> tuple[Any, ...]:
            return (stopped(messages, page_texts(code)), gr.update(visible=True), gr.update(visible=False))

        def greet(request: gr.Request) -> tuple[Any, ...]:
            code = preferred_language(
                request.headers.get("accept-language", ""), dict(request.query_params).get("lang")
            )
            texts = page_texts(code)
            offered = answering.examples(code)
            buttons = [
                gr.update(value=offered[place] if place < len(offered) else "", visible=place < len(offered))
                for place in range(EXAMPLES)
            ]
            return (
                code,
                masthead(texts.title.format(subject=subject), texts.promise.format(subject=subject), texts.fresh),
                f'<p class="try-one">{text(texts.try_one)}</p>' if offered else "",
                gr.update(
                    placeholder=texts.placeholder.format(subject=subject),
                    label=texts.question_label,
                    value=dict(request.query_params).get("q", ""),
                ),
                gr.update(value=texts.ask),
                gr.update(value=texts.stop),
                *buttons,
            )

        shown = [chat, question, ask, stop]
        asking = [
            gr.on(
                [question.submit, ask.click],
                reply,
                inputs=[question, chat, language],
                outputs=shown,
                show_progress="hidden",
                api_visibility="private",
            ),
            *(
                starter.click(
                    reply,
                    inputs=[starter, chat, language],
                    outputs=shown,
                    show_progress="hidden",
                    api_visibility="private",
                )
                for starter in starters
            ),
        ]
        stop.click(
            halt,
            inputs=[chat, language],
            outputs=[chat, ask, stop],
            cancels=asking,
            show_progress="hidden",
            api_visibility="private",
        )
        page.load(
            greet,
            outputs=[language, head, try_one, question, ask, stop, *starters],
            show_progress="hidden",
            api_visibility="private",
        )
    return page


def questions_in(messages: Sequence[Message]) -> list[str]:
    """Return the questions of a chat, oldest first, whichever shape Gradio gives its messages in."""
    return [html.unescape(_text_of(message["content"])) for message in messages if message["role"] == "user"]


def stopped(messages: Sequence[Message], texts: PageTexts) -> list[dict[str, Any]]:
    """Return the chat with its unfinished answer closed by a note that it was stopped."""
    shown = [dict(message) for message in messages]
    if shown and shown[-1]["role"] == "assistant":
        body = _text_of(shown[-1]["content"]).split('<p class="step"')[0].removesuffix("</div>")
        shown[-1] = {"role": "assistant", "content": f"{body}{notice(texts.stopped, 'step')}</div>"}
    elif shown:
        shown.append({"role": "assistant", "content": notice(texts.stopped, "step")})
    return shown


def _text_of(content: Any) -> str:
    if isinstance(content, str):
        return content
    return "".join(part.get("text", "") for part in content if isinstance(part, Mapping))
