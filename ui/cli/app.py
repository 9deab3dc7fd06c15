"""The root of the command line. Each group of commands lives in its own module."""

import typer

from ui.cli import asking, checking, diagnosing, evaluating, keys, password, serving, slack, sources, speakers

app = typer.Typer(
    name="ilya",
    help="Answers questions only in Ilya Sutskever's own cited words.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
)
asking.register(app)
sources.register(app)
serving.register(app)
checking.register(app)
speakers.register(app)
evaluating.register(app)
diagnosing.register(app)
slack.register(app)
password.register(app)
keys.register(app)
