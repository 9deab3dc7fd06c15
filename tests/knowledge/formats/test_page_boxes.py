"""Pages that carry other words into the subject's turn: hidden, boxed or set apart by its look, none is quoted."""

import pytest

from knowledge.formats.page_looks import BOXES, look_of
from knowledge.model.source import Source
from knowledge.model.word_rules import Rule
from tests.invented import MIRA
from tests.knowledge.interviews.test_labelled import check_map, quotable_text, read_text

HERS = "I watch them dance at noon, and I draw it."
AFTER = "Then I go home to the coast."
ASKED = "Would strangers like honey?"


def page(inside: str, *, label: str = "<b>{}:</b> ", open_p: str = "<p>") -> Source:
    def said(who: str, words: str) -> str:
        return f"{open_p}{label.format(who)}{words}</p>"

    body = (
        said("Tom Reed", "Why do you watch bees, and since when?") + said(MIRA.name, HERS).removesuffix("</p>") + inside
        + said("Tom Reed", "I see. And what comes then?") + said(MIRA.name, AFTER)
        + said("Tom Reed", "Is it far?") + said(MIRA.name, "It is not far.")
    )  # fmt: skip
    text = f"<!DOCTYPE html><html><head><title>Bees</title></head><body><article>{body}</article></body></html>"
    source = read_text(text)
    check_map(source, text.encode())
    return source


INLINE = {
    "hidden attribute": f" <span hidden>{ASKED}</span>",
    "display none": f" <span style='display: none'>{ASKED}</span>",
    "visibility": f" <span style='color:red;visibility:hidden'>{ASKED}</span>",
    "for screen readers": f" <span class='sr-only'>{ASKED}</span>",
    "for screen readers, WordPress": f" <span class='screen-reader-text'>{ASKED}</span>",
    "aria hidden": f" <span aria-hidden='true'>{ASKED}</span>",
    "Word's hidden text": f" <span style='mso-hide:all'>{ASKED}</span>",
    "deleted": f" <del>{ASKED}</del>",
    "struck": f" <s>{ASKED}</s>",
    "struck, old": f" <strike>{ASKED}</strike>",
    "speaker class": f" <span class='speaker'>Ann</span> {ASKED}",
    "speaker class, colon outside": f" <span class='transcript__speaker-name'>Ann</span>: {ASKED}",
    "speaker class on an emphasis": f" <em class='interviewer'>Ann</em> {ASKED}",
    "question class": f" <span class='question'>{ASKED}</span>",
    "a colour": f" <span style='color:#333'>{ASKED}</span>",
    "a colour, old": f" <font color=gray>{ASKED}</font>",
    "a colour before a line break": f"<br><span style='color:#333'>{ASKED}</span>",
    "any class": f" <span class='x17'>{ASKED}</span>",
    "a label": f" <label>Bob</label> {ASKED}",
    "a colour and words behind it": f" <span style='color:#333'>Really so?</span> {ASKED}",
}
BLOCKS = {
    "hidden paragraph": f"<p hidden>{ASKED}</p>",
    "hidden division": f"<div style='display:none'><p>{ASKED}</p></div>",
    "struck paragraph": f"<p><del>{ASKED}</del></p>",
    "question class": f"<p class='question'>{ASKED}</p>",
    "question class above": f"<div class='question'><p>{ASKED}</p></div>",
    "any class": f"<p class='wp-17-q'>{ASKED}</p>",
    "a colour": f"<p style='color:gray'>{ASKED}</p>",
    "an indent": f"<p style='margin-left:2em'>{ASKED}</p>",
    "a whole span": f"<p><span class='b'>{ASKED}</span></p>",
    "a colour and a paragraph behind it": f"<p style='color:gray'>Really?</p><p>{ASKED}</p>",
    "advertisement": f"<div class='ad-slot'><p>{ASKED}</p></div>",
    "sponsor": f"<section id='sponsored'><p>{ASKED}</p></section>",
    "newsletter": f"<div class='newsletter-signup'><p>{ASKED}</p><p>{ASKED}</p></div>",
    "pull quote": f"<blockquote class='pullquote'><p>{ASKED}</p></blockquote>",
    "pull quote, WordPress": f"<figure class='wp-block-pullquote'><blockquote><p>{ASKED}</p></blockquote></figure>",
    "quotation": f"<blockquote><p>{ASKED}</p></blockquote>",
    "aside": f"<aside><p>{ASKED}</p></aside>",
    "read next": f"<div class='read-next'><p>{ASKED}</p></div>",
    "editor's note": f"<div class='editors-note'><p>{ASKED}</p></div>",
    "caption": f"<figure><img src=x><figcaption>{ASKED}</figcaption></figure>",
    "bold question": f"<p><b>{ASKED}</b></p>",
    "italic question": f"<p><i>{ASKED}</i></p>",
    "linked name": f"<p><a href=x>Bob Hall</a> {ASKED}</p>",
    "underlined name": f"<p><u>Bob</u> {ASKED}</p>",
    "label": f"<p><label>Bob</label> {ASKED}</p>",
    "named by an attribute": f"<p data-speaker='Bob'>{ASKED}</p>",
    "inserted": f"<p><ins>{ASKED}</ins></p>",
    "small": f"<p><small>{ASKED}</small></p>",
    "centred": f"<center>{ASKED}</center>",
    "to the right": f"<p align=right>{ASKED}</p>",
    "a division": f"<div>{ASKED}</div>",
    "linked": f"<p><a href=x>{ASKED}</a></p>",
}
OPENINGS = ("<p>", "<p class='has-drop-cap'>", "<p style='text-align:left'>")


@pytest.mark.parametrize("opening", OPENINGS)
@pytest.mark.parametrize("kind", INLINE)
def test_words_set_apart_inside_a_paragraph_are_not_the_subjects(kind: str, opening: str) -> None:
    said = quotable_text(page(INLINE[kind] + "</p>", open_p=opening))
    assert "strangers" not in said
    assert HERS in said
    assert AFTER in said


@pytest.mark.parametrize("opening", OPENINGS)
@pytest.mark.parametrize("kind", BLOCKS)
def test_words_set_apart_between_paragraphs_are_not_the_subjects(kind: str, opening: str) -> None:
    said = quotable_text(page("</p>" + BLOCKS[kind], open_p=opening))
    assert "strangers" not in said
    assert HERS in said
    assert AFTER in said


OWN = {
    "the same look": f"</p><p>{AFTER}</p>",
    "another alignment": f"</p><p style='text-align: justify'>{AFTER}</p>",
    "behind an advertisement": f"</p><div class='ad'>Buy honey!</div><p>{AFTER}</p>",
    "a stressed word": f" {AFTER.replace('home', '<em>home</em>')}</p>",
    "a coloured word": f" {AFTER.replace('home', '<span class=hi>home</span>')}</p>",
    "a link": f" {AFTER.replace('home', '<a href=x>home</a>')}</p>",
    "a footnote": f" {AFTER}<sup>3</sup></p>",
}


@pytest.mark.parametrize("kind", OWN)
def test_what_looks_the_same_stays_hers(kind: str) -> None:
    source = page(OWN[kind])
    first = next(source.text[turn.start : turn.end] for turn in source.turns if turn.quotable())
    assert " ".join(first.split()) == f"{HERS} {AFTER}"


def test_a_folded_transcript_is_read() -> None:
    rows = "".join(
        f"<p><b>Tom Reed:</b> Why so, at {n}?</p><p><b>Mira Vane:</b> I think it was so at {n}, when I was there.</p>"
        for n in range(40)
    )
    text = f"<html><body><p>Listen to the show.</p><div class=fold style='display:none'>{rows}</div></body></html>"
    assert quotable_text(read_text(text)).count("I think") == 40


def test_a_power_keeps_its_sign() -> None:
    said = page(" It is 10<sup>9</sup> bees, in H<sub>2</sub>O, on the 21<sup>st</sup>.</p>")
    assert "10^9 bees, in H2O, on the 21st." in quotable_text(said)


def test_struck_words_of_markdown_are_no_words() -> None:
    rows = [f"**{who}:** I {word} ~~strangers say~~ so. <del>strangers</del>"
            for who, word in [("Tom Reed", "ask"), (MIRA.name, "think")] * 2]  # fmt: skip
    source = read_text("\n\n".join(rows))
    assert "strangers" not in source.text
    assert "think so." in " ".join(quotable_text(source).split())


@pytest.mark.parametrize("sign", BOXES.rules.values(), ids=lambda sign: sign.name)
def test_every_sign_matches_its_match_and_not_its_near_miss(sign: Rule) -> None:
    def told(value: str) -> bool:
        look = look_of({"style" if sign.kind == "hidden_style" else "class": value})
        return look.speaker if sign.kind == "speaker" else look.aside

    assert [value for value in sign.match if not told(value)] == []
    assert [value for value in sign.near_miss if told(value)] == []
