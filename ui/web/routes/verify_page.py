"""The verify page: a certificate, with or without the file it is about, is verified for anybody, without an account.

Nothing of the library is read for it: what is shown comes from what the visitor brings, and from this site's own key.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, Response
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from assistant.certificates.certified_quotes import CertificateRefused, read_certificate
from assistant.certificates.signing_keys import KeyRefused, public_key, signing_key, written
from assistant.certificates.verification import Finding, Outcome, Standing, verify
from knowledge.library.bounded_reader import read_bounded
from knowledge.model.source import Source
from knowledge.model.subject import Subject
from ui.rendering.page_texts import PageTexts
from ui.web.access.request_limits import whole_form
from ui.web.access.visitors import same_origin, texts_for
from ui.web.templates.answer_tools import notice
from ui.web.templates.page_frame import rendered, whole_page

LARGEST = 8_000_000
"""Bytes of a file that is read for a stranger."""
_SECONDS = 10.0
"""Processor time for reading it."""


@dataclass(frozen=True)
class VerifyTexts:
    """The verify page in one language. `{name}` marks what code fills in."""

    title: str
    promise: str
    certificate: str
    file: str
    key: str
    verify: str
    result: str
    own_key: str
    standing: dict[Standing, str]
    outcome: dict[Outcome, str]
    step: dict[str, str]
    details: dict[tuple[str, Outcome], str]
    """What a step found, where it is not told in the words of the verification itself; `{parts}` are fields."""
    no_certificate: str
    refused: str
    too_large: str
    wrong_key: str
    issued: str


ENGLISH = VerifyTexts(
    title="Does this certificate hold?",
    promise="Choose the certificate of a quotation, and the transcript, captions, PDF or page that it is about. The "
    "file is read anew; nothing of it is kept. Without the file only the seal and the signature are looked at.",
    certificate="Certificate (JSON)",
    file="The file it is about",
    key="A public key you trust, if one must have signed (ed25519:…)",
    verify="Verify",
    result="What was found",
    own_key="Certificates of this site are signed with {key}.",
    standing={
        Standing.PROVED: "It holds: the file gives these words to this person.",
        Standing.VOUCHED: "It holds as far as the signer is trusted: not all of it is proved by the file.",
        Standing.UNPROVEN: "Nothing contradicts it, but it is not proved: what is listed as stated or not checked "
        "rests on the word of whoever made it.",
        Standing.REFUSED: "It does not hold.",
    },
    outcome={
        Outcome.PASSED: "agrees",
        Outcome.FAILED: "does not agree",
        Outcome.STATED: "stated by the operator",
        Outcome.NOT_CHECKED: "not checked",
    },
    step={},
    details={},
    no_certificate="Choose a certificate: the JSON that a quotation’s page offers.",
    refused="This is not a certificate: {reason}",
    too_large="The file has more than {limit} MB; verify it with “ilya verify CERTIFICATE FILE”.",
    wrong_key="This is no public key: it has “ed25519:” and 64 hexadecimal digits.",
    issued="Made {at} by {by}; looked at: {file_bytes} bytes, {words} words in {turns} turns, {quotable_words} words "
    "of {speaker}.",
)

CHINESE = VerifyTexts(
    title="这份证明文件是否成立？",
    promise="请选择一条引文的证明文件，以及它所依据的文字记录、字幕、PDF 或网页。文件会重新读取，不会保留。"
    "没有该文件时，只核对封印和签名。",
    certificate="证明文件（JSON）",
    file="所依据的文件",
    key="您信任的公钥（若要求由其签名，ed25519:…）",
    verify="验证",
    result="验证结果",
    own_key="本站的证明文件以 {key} 签名。",
    standing={
        Standing.PROVED: "成立：文件把这些话记在此人名下。",
        Standing.VOUCHED: "在信任签名者的前提下成立：并非全部由文件证明。",
        Standing.UNPROVEN: "没有矛盾，但未获证明：列为“由运营者声明”或“未核对”的部分只凭出具者之言。",
        Standing.REFUSED: "不成立。",
    },
    outcome={
        Outcome.PASSED: "一致",
        Outcome.FAILED: "不一致",
        Outcome.STATED: "由运营者声明",
        Outcome.NOT_CHECKED: "未核对",
    },
    step={
        "seal": "封印",
        "signature": "签名",
        "file": "文件",
        "raw words": "原始字符",
        "id": "编号",
        "reader": "读取程序",
        "text": "正文",
        "words": "原话",
        "speaker": "说话人",
        "words version": "分词版本",
        "facts": "各项记载",
        "stated": "声明",
    },
    details={
        ("seal", Outcome.PASSED): "封印与内容相符。",
        ("seal", Outcome.FAILED): "证明文件出具后被改动过。",
        ("signature", Outcome.PASSED): "由您信任的密钥签名。",
        ("signature", Outcome.FAILED): "没有签名，签名不符，或不是您信任的密钥。",
        ("signature", Outcome.NOT_CHECKED): "没有签名，或签名所用的密钥是否可信须由您比对。",
        ("file", Outcome.PASSED): "文件的 SHA-256 相符。",
        ("file", Outcome.FAILED): "这是另一个文件。",
        ("file", Outcome.NOT_CHECKED): "没有提供文件：这些话是否在其中、由谁所说，均未证明。",
        ("raw words", Outcome.PASSED): "文件的原始字符读作同样的话。",
        ("raw words", Outcome.FAILED): "文件的这一处原始字符不是这些话。",
        ("raw words", Outcome.NOT_CHECKED): "这些话在标记之间依次出现；以读取结果为准。",
        ("id", Outcome.PASSED): "编号与文件、位置和原话相符。",
        ("id", Outcome.FAILED): "编号与文件、位置和原话不符。",
        ("reader", Outcome.PASSED): "已用同一版本的读取程序重新读取。",
        ("reader", Outcome.FAILED): "本程序无法像出具时那样读取此文件，因此无法重新证明由谁所说。",
        ("text", Outcome.PASSED): "读出的正文相符。",
        ("text", Outcome.FAILED): "读出的正文不同。",
        ("words", Outcome.PASSED): "此处正是这些话。",
        ("words", Outcome.FAILED): "此处是别的话。",
        ("speaker", Outcome.PASSED): "重新读取，说话人相符。",
        ("speaker", Outcome.FAILED): "文件没有把这些话记在此人名下。",
        ("speaker", Outcome.STATED): "单凭文件不能确定由谁所说；说话人由运营者声明。",
        ("words version", Outcome.PASSED): "版本相符。",
        ("words version", Outcome.FAILED): "版本不同。",
        ("facts", Outcome.PASSED): "各项记载与文件相符。",
        ("facts", Outcome.FAILED): "文件所载不同：{parts}。",
        ("stated", Outcome.STATED): "单凭文件不能得出，由运营者声明：{parts}。",
        ("stated", Outcome.FAILED): "运营者所声明的与证明文件所列不同：{parts}。",
    },
    no_certificate="请选择证明文件：引文页面提供的 JSON。",
    refused="这不是证明文件：{reason}",
    too_large="文件超过 {limit} MB；请用“ilya verify CERTIFICATE FILE”验证。",
    wrong_key="这不是公钥：公钥由“ed25519:”和 64 个十六进制数字组成。",
    issued="由 {by} 出具于 {at}；查阅范围：{file_bytes} 字节，{turns} 段共 {words} 词，"
    "其中 {speaker} 的 {quotable_words} 词。",
)

BY_LANGUAGE = {"en": ENGLISH, "zh": CHINESE}


class Row(NamedTuple):
    """One step as the page shows it."""

    step: str
    outcome: Outcome
    told: str
    detail: str


def verify_routes(home: Path) -> APIRouter:
    """Return the page, what its form sends to, and this site's public key; all open to everybody."""
    routes = APIRouter(default_response_class=HTMLResponse)

    @routes.get("/verify")
    def verify_page(request: Request) -> HTMLResponse:
        return _page(texts_for(request), home)

    @routes.get("/verify/key")
    def own_key(request: Request) -> Response:
        held = signing_key(home)
        return PlainTextResponse(held.public_pem) if held else _page(texts_for(request), home, status=404)

    @routes.post("/verify", dependencies=[Depends(same_origin)])
    async def verify_brought(request: Request) -> Response:
        given = await whole_form(request)
        certificate, file = [await _bytes(given.get(name)) for name in ("certificate", "file")]
        key = str(given.get("key") or "").strip()
        await given.close()
        return await run_in_threadpool(_verified, texts_for(request), home, certificate, file, key)

    return routes


async def _bytes(field: object) -> bytes:
    return await field.read() if isinstance(field, UploadFile) else str(field or "").encode()


def _verified(page: PageTexts, home: Path, brought: bytes, file: bytes, key: str) -> HTMLResponse:
    said, held = _texts(page), signing_key(home)
    if not brought.strip():
        return _page(page, home, notice(said.no_certificate))
    if len(file) > LARGEST:
        return _page(page, home, notice(said.too_large.format(limit=LARGEST // 1_000_000)))
    try:
        certificate = read_certificate(brought)
        signed_here = held and certificate.signature and certificate.signature.public_key == held.public
        trusted = [_public(key)] if key else [held.public] if held and signed_here else None
    except CertificateRefused as refused:
        return _page(page, home, notice(said.refused.format(reason=refused)))
    except KeyRefused:
        return _page(page, home, notice(said.wrong_key))
    found = verify(certificate, file or None, trusted=trusted, reading=_reading)
    issued = said.issued.format(
        at=certificate.issued_at, by=certificate.issued_by, speaker=certificate.speaker,
        **{name: f"{count:,}" for name, count in certificate.inspected.model_dump().items()},
    )  # fmt: skip
    told = rendered(
        "verified.html", page, said=said, standing=found.standing, certificate=certificate, issued=issued,
        rows=[_row(finding, said) for finding in found.findings],
    )  # fmt: skip
    return _page(page, home, told)


def _public(key: str) -> str:
    """Return a key that was typed in; a name of a file on this server is none."""
    if not key.startswith("ed25519:") and len(key) != 64:
        raise KeyRefused(key)
    return public_key(key)


def _reading(raw: bytes, origin: str, source_id: str, subject: Subject) -> Source:
    return read_bounded(raw, origin=origin, source_id=source_id, subject=subject, seconds=_SECONDS)


def _row(finding: Finding, said: VerifyTexts) -> Row:
    ours = said.details.get((finding.what, finding.outcome))
    detail = ours.format(parts=", ".join(finding.parts)) if ours else finding.detail
    return Row(said.step.get(finding.what, finding.what), finding.outcome, said.outcome[finding.outcome], detail)


def _page(page: PageTexts, home: Path, told: str = "", *, status: int = 200) -> HTMLResponse:
    said, held = _texts(page), signing_key(home)
    own = said.own_key.format(key=written(held.public)) if held else ""
    response = whole_page("verify.html", said.title, page, here="/verify", said=said, told=Markup(told), own=own)
    response.status_code = status
    return response


def _texts(page: PageTexts) -> VerifyTexts:
    return BY_LANGUAGE.get(page.code.split("-")[0], ENGLISH)
