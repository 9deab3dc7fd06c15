"""Checking, showing, certifying and reviewing from the command line, on invented interviews."""

import html
import json
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.library.store import Library
from tests.forked import ilya
from tests.homes import copy_home
from ui.web.access.failed_tries import FailedTries
from ui.web.access.passwords import Passwords, read_pairs

ILYA = Path(sys.executable).with_name("ilya")
TALK = "Tom Reed: Why do bees dance?\nIlya Sutskever: Bees dance to point at flowers. Nobody taught them that dance.\n"
BARE = "Do you keep bees? Yes, I keep four hives. I love the sound. And do you eat honey? I never eat honey at all."


@pytest.fixture
def own(book_home: Path, tmp_path: Path) -> Path:
    home = tmp_path / "own"
    copy_home(book_home, home)
    (tmp_path / "talk.txt").write_text(TALK * 3, encoding="utf-8")
    assert ilya("add", str(tmp_path / "talk.txt"), home=home).returncode == 0
    return home


def test_a_quotation_is_checked_word_by_word(own: Path) -> None:
    exact = ilya("check", "Bees dance to point at flowers.", "--json", home=own)
    assert json.loads(exact.stdout)["verdict"] == "exact"
    altered = ilya("check", "Bees never dance to point at flowers.", home=own)
    assert altered.stdout.startswith("altered")
    missing = ilya("check", "The honest wasp is the last philosopher of gardens.", home=own)
    assert (missing.returncode, missing.stdout.split("\n")[0]) == (3, "not_found")
    assert ilya("check", "scale", home=own).returncode == 1


def test_every_quotation_of_a_document_is_checked_and_the_difference_told(own: Path, tmp_path: Path) -> None:
    article = tmp_path / "article.md"
    article.write_text("Sutskever said: “Bees dance to point at trees.”\n", encoding="utf-8")
    told = ilya("check", str(article), home=own).stdout.splitlines()
    at = told.index("line 1: Altered: Bees dance to point at trees.")
    assert told[at + 1] == "    “flowers” in the source, “trees” in the claim"
    assert told[at + 2].startswith("    Ilya Sutskever, to Tom Reed, talk")


def test_a_newsroom_keeps_the_report(own: Path, tmp_path: Path) -> None:
    article = tmp_path / "article.html"
    words = "<p>“Bees dance to point at trees,” Sutskever said.</p><p>“They sing,” said Reed of the bees.</p>"
    article.write_text(f"<!doctype html><html><body>{words}</body></html>", encoding="utf-16")
    for name in ("report.html", "report.md"):
        assert ilya("check", str(article), "--report", str(tmp_path / name), home=own).returncode == 0
    page, text = ((tmp_path / name).read_text(encoding="utf-8") for name in ("report.html", "report.md"))
    for told in ("Altered", "What was not checked", "Bees dance to point at trees,"):
        assert told in html.unescape(page)
        assert told.replace(",", r"\,") in text or told in text


def test_an_article_that_attributes_nothing_is_told_so(own: Path, tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("A text about bees. Bees dance to point at flowers, and nobody taught them.\n" * 40)
    none = ilya("check", str(article), home=own)
    assert none.returncode == 3
    assert "Nothing in it is attributed to Ilya Sutskever." in none.stdout
    assert "--anywhere" in none.stdout
    (tmp_path / "binary.dat").write_bytes(b"\x7fELF\x02" + bytes(range(256)) * 4)
    refused = ilya("check", str(tmp_path / "binary.dat"), home=own)
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1


def test_a_citation_travels_with_a_certificate(own: Path, tmp_path: Path) -> None:
    answer = json.loads(ilya("ask", "Why do bees dance?", "--json", home=own).stdout)
    quote = next(quote for quote in answer["quotes"] if quote["source"]["id"] == "talk")
    assert quote["text"] in ilya("show", quote["id"], home=own).stdout
    assert "@" in ilya("show", quote["id"], "--format", "bibtex", home=own).stdout
    certificate = tmp_path / "certificate.json"
    certificate.write_text(ilya("certify", quote["id"], home=own).stdout, encoding="utf-8")
    elsewhere = tmp_path / "elsewhere"
    good = ilya("verify", str(certificate), "--file", str(tmp_path / "talk.txt"), home=elsewhere)
    assert good.returncode == 0, good.stdout + good.stderr
    assert "proved: " in good.stdout
    assert ilya("verify", str(certificate), home=elsewhere).returncode == 4
    (tmp_path / "forged.txt").write_text(TALK.replace("flowers", "trees") * 3, encoding="utf-8")
    assert ilya("verify", str(certificate), "--file", str(tmp_path / "forged.txt"), home=elsewhere).returncode == 1


def test_a_signed_certificate_tells_who_signed(own: Path, tmp_path: Path) -> None:
    made = ilya("key", "sign", home=own)
    key = made.stdout.strip()
    assert key.startswith("ed25519:")
    assert ilya("key", "sign", home=own).stdout.strip() == key
    assert ilya("key", "sign", "--pem", home=own).stdout.startswith("-----BEGIN PUBLIC KEY-----")
    answer = json.loads(ilya("ask", "Why do bees dance?", "--json", home=own).stdout)
    quote = next(quote for quote in answer["quotes"] if quote["source"]["id"] == "talk")
    certificate, talk, elsewhere = tmp_path / "signed.json", str(tmp_path / "talk.txt"), tmp_path / "elsewhere"
    certificate.write_text(ilya("certify", quote["id"], home=own).stdout, encoding="utf-8")
    trusted = ilya("verify", str(certificate), talk, "--key", key, home=elsewhere)
    assert trusted.returncode == 0, trusted.stdout + trusted.stderr
    assert f"Signed with {key}, which you trust." in trusted.stdout
    assert ilya("verify", str(certificate), "--key", key, home=elsewhere).returncode == 0
    assert ilya("verify", str(certificate), talk, "--key", "ed25519:" + "0" * 64, home=elsewhere).returncode == 1
    wrong = ilya("verify", str(certificate), talk, "--key", "nowhere", home=elsewhere)
    assert (wrong.returncode, wrong.stderr.count("\n")) == (1, 1)


def test_unlabelled_words_become_quotable_once_a_person_decides(own: Path, tmp_path: Path) -> None:
    (tmp_path / "bare.vtt").write_text(f"WEBVTT\n\n00:00.000 --> 00:09.000\n{BARE}\n", encoding="utf-8")
    assert ilya("add", str(tmp_path / "bare.vtt"), home=own).returncode == 0
    text = ilya("source", "bare", "--text", home=own).stdout
    words = "I never eat honey at all."
    assert ilya("check", words, home=own).stdout.split("\n")[0] != "exact"
    assert "other?" in ilya("speakers", "show", "bare", home=own).stdout
    start = text.index(words)
    span = ("--start", str(start), "--end", str(start + len(words)))
    done = ilya("speakers", "set", "bare", *span, "--role", "subject", home=own)
    assert done.returncode == 0, done.stderr
    assert ilya("check", words, home=own).stdout.split("\n")[0] == "exact"


def test_a_password_becomes_a_pair_that_lets_its_owner_in(tmp_path: Path) -> None:
    made = subprocess.run([ILYA, "password", "ada"], input="secret\n", capture_output=True, text=True, check=True)
    tries = FailedTries(Library(f"sqlite:///{tmp_path / 'tries.db'}"))
    passwords = Passwords(read_pairs(f"bob:$argon2id$x {made.stdout}"), tries)
    assert passwords.fit("ada", "secret", address="127.0.0.1")
    assert not passwords.fit("ada", "Secret", address="127.0.0.1")
    refused = ilya("password", "ada lovelace", home=tmp_path)
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
