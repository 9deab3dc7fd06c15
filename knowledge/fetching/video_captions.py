"""Captions of a YouTube video, by the `youtube` extra: in the language that is spoken, those written by people first.

What a video offers in other languages is a translation, whoever made it, so only the language of the recognised
speech is asked for; where no speech was recognised, captions must be written in one language alone.
"""

from collections.abc import Collection, Iterable
from typing import Protocol, TypeVar

from knowledge.model.errors import SourceRefused

_SAME = {"iw": "he", "in": "id", "ji": "yi"}
"""Older codes that YouTube keeps, and those in use."""


class _Track(Protocol):
    """A track of captions that a video offers."""

    language_code: str
    is_generated: bool


_T = TypeVar("_T", bound=_Track)


def captions(video: str, url: str, languages: Collection[str]) -> bytes:
    """Return a video's captions as WebVTT; `languages` are the codes that may be spoken in it, empty for any.

    Raises:
        SourceRefused: there are none, they are in another language, or YouTube cannot be reached.
    """
    try:
        from youtube_transcript_api import RequestBlocked, YouTubeTranscriptApi, YouTubeTranscriptApiException
        from youtube_transcript_api.formatters import WebVTTFormatter
    except ImportError as error:
        raise SourceRefused(
            url, "captions of YouTube need the extra: pip install 'ask-ilya[youtube]', then add the address again."
        ) from error
    try:
        offered = list(YouTubeTranscriptApi().list(video))
        fetched = spoken_track(offered, url, languages).fetch()
    except RequestBlocked as error:
        raise SourceRefused(
            url, "YouTube refuses requests from this network; download the captions elsewhere and add the file."
        ) from error
    except YouTubeTranscriptApiException as error:
        cause = type(error).__name__
        raise SourceRefused(
            url, f"YouTube gives no captions for this video ({cause}); add a transcript file."
        ) from error
    except (OSError, ValueError) as error:  # requests and its reply's parsers raise these
        raise SourceRefused(
            url, f"YouTube cannot be reached ({type(error).__name__}); check the network, or add a transcript file."
        ) from error
    head = f"WEBVTT\nKind: captions\nLanguage: {language(fetched.language_code)}"
    return str(WebVTTFormatter().format_transcript(fetched)).replace("WEBVTT", head, 1).encode()


def spoken_track(offered: Iterable[_T], url: str, languages: Collection[str]) -> _T:
    """Return the track in the language spoken, written by people where there is one.

    Raises:
        SourceRefused: it is none of `languages`, or cannot be told.
    """
    tracks = list(offered)
    heard = {language(track.language_code) for track in tracks if track.is_generated}
    spoken = heard or {language(track.language_code) for track in tracks}
    if len(spoken) != 1:
        told = ", ".join(sorted(spoken)) or "none"
        raise SourceRefused(url, f"which of its captions are in the language spoken is not told ({told}).")
    code = next(iter(spoken))
    if languages and code not in languages:
        raise SourceRefused(url, f"it is spoken in another language ({code}); a translation is not fetched.")
    fitting = [track for track in tracks if language(track.language_code) == code]
    return min(fitting, key=lambda track: track.is_generated)


def language(code: str) -> str:
    """Return the language of a code such as "en-GB" or the older "iw"."""
    short = code.split("-")[0].lower()
    return _SAME.get(short, short)
