"""The languages of the surfaces, and which of them a visitor wishes."""

LANGUAGES = ("en", "zh")


def preferred_language(accept_language: str, chosen: str | None = None) -> str:
    """Return `en` or `zh`: the one chosen in the address, else the browser's first that we have.

    >>> preferred_language("de-DE,zh-CN;q=0.8,en;q=0.5")
    'zh'
    """
    wishes = []
    for position, part in enumerate(accept_language.split(",")):
        tag, _, weight = part.strip().partition(";q=")
        try:
            wishes.append((-float(weight or 1), position, tag.split("-")[0].lower()))
        except ValueError:
            continue
    if chosen:
        wishes.insert(0, (float("-inf"), -1, chosen.split("-")[0].lower()))
    return next((tag for _, _, tag in sorted(wishes) if tag in LANGUAGES), "en")
