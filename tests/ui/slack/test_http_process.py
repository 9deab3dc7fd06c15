"""`ilya slack --http`: the bot and the page at one address."""

import hashlib
import hmac
import json
import re
import signal
import time
from pathlib import Path

import httpx

from assistant import Assistant
from tests.homes import copy_home
from tests.ui.slack.conftest import envelope, message
from tests.ui.slack.fake import FakeSlack
from tests.ui.slack.reading import quotes
from tests.ui.slack.test_process import running

SECRET = "s3cret"


def signed(body: bytes, secret: str) -> dict[str, str]:
    at = str(int(time.time()))
    found = hmac.new(secret.encode(), b"v0:" + at.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": f"v0={found}", "Content-Type": "application/json"}


def test_the_bot_answers_beside_the_page(furnished: Assistant, slack: FakeSlack, tmp_path: Path) -> None:
    home = copy_home(furnished.settings.home, tmp_path / "home")
    log = tmp_path / "log"
    with running(home, slack, log, "--http", "--port", "0", SLACK_SIGNING_SECRET=SECRET) as process:
        found = re.search(r"http://\S+", process.said)
        assert found
        url = found.group()
        body = json.dumps(envelope(message("<@UBOT> Why do bees dance?", type="app_mention"))).encode()
        assert httpx.post(f"{url}/slack/events", content=body, headers=signed(body, "wrong")).status_code == 401
        assert httpx.post(f"{url}/slack/events", content=body, headers=signed(body, SECRET)).status_code == 200
        (stopped,) = slack.wait_for("chat.stopStream")
        answer = furnished.ask("Why do bees dance?")
        assert quotes(stopped["blocks"]) == {shown.number: shown.quote.text for shown in answer.quotes}
        assert httpx.get(f"{url}/healthz").json() == {"status": "ok"}
        told = httpx.post(f"{url}/api/v1/ask", json={"question": "Why do bees dance?"}, timeout=60).json()
        assert [quote["text"] for quote in told["quotes"]] == list(quotes(stopped["blocks"]).values())
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) is not None
    assert "Traceback" not in log.read_text()
