"""`ilya key`: API keys, made, listed and revoked; the key that certificates are signed with."""

from typing import Annotated

import typer

from ui.cli.console import open_library, write, write_json

_SCOPES = "ask,search,check,read"


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    keys = typer.Typer(
        name="key", help="Keys for the HTTP API and MCP, and the one that signs certificates.", no_args_is_help=True
    )
    for command in (new, revoke, sign):
        keys.command()(command)
    keys.command(name="list")(list_keys)
    app.add_typer(keys)


def new(
    name: Annotated[str, typer.Argument(help="What the key is for; each name once.")],
    scope: Annotated[
        str, typer.Option(help="What it may do, parted by commas: ask, search, check, read, metrics.")
    ] = _SCOPES,
    per_minute: Annotated[int, typer.Option(min=1, help="Requests a minute.")] = 60,
) -> None:
    """Make a key and print it; it cannot be shown again."""
    from ui.api.keys import Keys, Scope

    try:
        scopes = {Scope(one.strip()) for one in scope.split(",") if one.strip()}
    except ValueError as error:
        raise typer.BadParameter(f"{error}; scopes are {', '.join(Scope)}.", param_hint="--scope") from None
    if not scopes:
        raise typer.BadParameter(f"name at least one of {', '.join(Scope)}.", param_hint="--scope")
    write(Keys(open_library()).make(name, scopes=scopes, per_minute=per_minute) + "\n")


def list_keys(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """List the keys: scopes, requests a minute, when last used; never the keys themselves."""
    from ui.api.keys import Keys

    held = Keys(open_library()).all()
    if as_json:
        write_json([key.model_dump(mode="json") for key in held])
        return
    for key in held:
        used = f"last used {key.last_used_at:%Y-%m-%d %H:%M}" if key.last_used_at else "never used"
        state = f"revoked {key.revoked_at:%Y-%m-%d}" if key.revoked_at else used
        write(f"{key.name}: {', '.join(key.scopes)}; {key.per_minute} a minute; {state}\n")


def revoke(name: Annotated[str, typer.Argument(help="The key's name.")]) -> None:
    """Let a key be of no use from now on."""
    from ui.api.keys import Keys

    Keys(open_library()).revoke(name)
    write(f"{name} is revoked.\n")


def sign(
    pem: Annotated[bool, typer.Option("--pem", help="Print the public key as PEM, for other tools.")] = False,
) -> None:
    """Make the key that certificates are signed with, where there is none, and print its public half.

    From then on every certificate of this home is signed. Give the public key to whoever verifies: `ilya verify --key`.
    """
    from assistant import Settings
    from assistant.certificates.signing_keys import make_signing_key, written
    from knowledge.starter.book import make_folder

    home = Settings().home
    make_folder(home)
    key = make_signing_key(home)
    write(key.public_pem if pem else f"{written(key.public)}\n")
