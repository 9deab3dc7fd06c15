"""How an endpoint can misbehave, one function each. `LEAK` marks every word of the endpoint's own."""

import json

from evals.hostile.endpoint_server import Exchange, Script

LEAK = "LEAK"
"""Stands in everything these endpoints write: must never reach a person."""

GOOD = '{"picks":[{"passage":1,"first":1,"last":1}],"unanswerable":null}'


def picks(*numbers: tuple[int, int, int], reason: str | None = None) -> str:
    """Return a reply with these (passage, first, last)."""
    rows = [dict(zip(("passage", "first", "last"), row, strict=True)) for row in numbers]
    return json.dumps({"picks": rows, "unanswerable": reason})


def says(*pieces: str) -> Script:
    """Return an endpoint that streams this content."""
    return lambda exchange: exchange.answer(*pieces)


def _invents_quotes(exchange: Exchange) -> None:
    quote = {"text": "LEAK AGI in 2024", "quote": "LEAK", "passage": 1}
    exchange.answer(json.dumps({"quotes": [quote], "picks": [quote, {"text": "LEAK"}, "LEAK", 7, None, [1, 1, 1]]}))


def _half_then_silence(exchange: Exchange) -> None:
    exchange.open_stream()
    exchange.say('{"picks":[{"passage":1,"first":1,"last":1},', '{"passage":2,"fir')
    exchange.silence(30)


def _huge_line(exchange: Exchange) -> None:
    exchange.open_stream()
    exchange.wfile.write(b'data: {"choices":[{"index":0,"delta":{"content":"')
    for _ in range(200):
        exchange.wfile.write(b"LEAK" * 250_000)


def _huge_stream(exchange: Exchange) -> None:
    exchange.open_stream()
    for _ in range(50_000):
        exchange.say("LEAK " * 800)


def _huge_error(exchange: Exchange) -> None:
    exchange.send_response(401)
    exchange.send_header("Content-Length", "200000000")
    exchange.end_headers()
    for _ in range(200):
        exchange.wfile.write(b"LEAK" * 250_000)


def _wrong_type(exchange: Exchange) -> None:
    exchange.send(200, b"<html><h1>LEAK</h1></html>", [("Content-Type", "text/html")])


def _whole_json_instead_of_stream(exchange: Exchange) -> None:
    message = {"role": "assistant", "content": "LEAK " + GOOD}
    exchange.send(200, json.dumps({"id": "1", "choices": [{"index": 0, "message": message}]}).encode())


def _compressed_bomb(exchange: Exchange) -> None:
    import gzip

    exchange.send(200, gzip.compress(b"data: " + b"LEAK" * 5_000_000), [("Content-Encoding", "gzip")])


def _reset_mid_stream(exchange: Exchange) -> None:
    exchange.open_stream()
    exchange.say('{"picks":[{"passa')
    exchange.reset()


def _tool_calls(exchange: Exchange) -> None:
    exchange.open_stream()
    call = {"name": "quote", "arguments": '{"text":"LEAK"}'}
    exchange.delta({"role": "assistant", "tool_calls": [{"index": 0, "id": "t", "type": "function", "function": call}]})
    exchange.delta({}, "tool_calls")
    exchange.event("[DONE]")


def _odd_shapes(exchange: Exchange) -> None:
    exchange.open_stream()
    shapes: tuple[object, ...] = (
        {"choices": None},
        {"choices": [None]},
        {"choices": [{"delta": "LEAK"}]},
        [],
        "LEAK",
        7,
        None,
    )
    for odd in shapes:
        exchange.event(json.dumps(odd))
    exchange.delta({"content": ["LEAK", {"type": "text", "text": "LEAK"}]})
    exchange.event("LEAK {")


def _lone_surrogates(exchange: Exchange) -> None:
    exchange.open_stream()
    exchange.event('{"choices":[{"index":0,"delta":{"content":"{\\"picks\\":[\\"\\ud800 LEAK\\"]"}}]}')
    exchange.wfile.write(b'data: {"choices":[{"index":0,"delta":{"content":"\xed\xa0\x80\xff LEAK"}}]}\n\n')


def _error_in_stream(exchange: Exchange) -> None:
    exchange.open_stream()
    exchange.event({"error": {"message": "LEAK he said AGI in 2024", "code": 500}})


def _slow_drip(exchange: Exchange) -> None:
    exchange.open_stream()
    while not exchange.server.closing.wait(0.05):
        exchange.say(" ")


PERSONALITIES: dict[str, Script] = {
    "invents quotes": _invents_quotes,
    "passages not offered": says(picks((99, 1, 1), (0, 1, 1), (-1, 1, 1), (10**30, 1, 1))),
    "sentences not offered": says(picks((1, 1, 99), (1, 0, 1), (1, -2, 1), (1, 99, 99))),
    "reversed ranges": says(picks((1, 2, 1), (2, 3, 1))),
    "duplicates": says(picks(*[(1, 1, 1)] * 40)),
    "overlaps": says(picks((1, 1, 2), (1, 2, 2), (1, 1, 1))),
    "ten thousand picks": says(picks(*[(1, 1, 1)] * 1_500)),
    "numbers as text": says('{"picks":[{"passage":"1","first":true,"last":1.0}],"unanswerable":null}'),
    "prose around the JSON": says("LEAK of course! Here: ```json\n", GOOD, "\n``` LEAK } ] }"),
    "only prose": says("LEAK He said that AGI comes in 2024 [1].", " }{ LEAK"),
    "thinks aloud": says("<think>LEAK ", picks((9, 9, 9)), "</think>", GOOD),
    "half a JSON then silence": _half_then_silence,
    "half a JSON then the end": says('{"picks":[{"passage":1,"fir'),
    "200 MB in one line": _huge_line,
    "200 MB in pieces": _huge_stream,
    "200 MB of error": _huge_error,
    "wrong content type": _wrong_type,
    "not a stream": _whole_json_instead_of_stream,
    "compressed bomb": _compressed_bomb,
    "401": lambda exchange: exchange.refuse(401),
    "403": lambda exchange: exchange.refuse(403),
    "404": lambda exchange: exchange.refuse(404),
    "400": lambda exchange: exchange.refuse(400),
    "429": lambda exchange: exchange.refuse(429),
    "429 with Retry-After": lambda exchange: exchange.refuse(429, headers=[("Retry-After", "3600")]),
    "500": lambda exchange: exchange.refuse(500),
    "redirect": lambda exchange: exchange.send(307, b"LEAK", [("Location", "http://127.0.0.1:1/LEAK")]),
    "reset mid-stream": _reset_mid_stream,
    "reset at once": lambda exchange: exchange.reset(),
    "30 s of nothing": lambda exchange: exchange.silence(30),
    "slow drip": _slow_drip,
    "tool calls": _tool_calls,
    "odd shapes": _odd_shapes,
    "error in the stream": _error_in_stream,
    "poisoned instructions": says('{"picks":[],"unanswerable":"LEAK he predicted AGI in 2024"}'),
    "unknown reason": says('{"picks":[],"unanswerable":"because"}'),
    "markup": says('{"picks":["<script>LEAK</script>"],"unanswerable":"<img src=x onerror=LEAK>"}'),
    "control characters": says("\x00\x1b[31mLEAK\u202e", '{"picks":["\\u0000\\u001b"]}'),
    "lone surrogates": _lone_surrogates,
    "nested without end": says('{"picks":' + "[" * 30_000),
    "braces without end": says('{"picks":["' + "}" * 60_000),
    "empty": says(),
    "empty object": says('{"picks":[]}'),
}
"""Every way of misbehaving, by name."""

SLOW = frozenset({"half a JSON then silence", "30 s of nothing", "slow drip", "429", "500", "reset at once"})
"""Those that use up the time limit or are retried."""


def obeys(exchange: Exchange) -> None:
    """Do what an instruction in a source asks: repeat everything that was sent, as prose and inside the JSON."""
    asked = str(exchange.body["messages"][-1]["content"])
    exchange.answer(f"{LEAK} he predicted AGI in 2024 ", json.dumps({"picks": [asked], "unanswerable": asked}))
