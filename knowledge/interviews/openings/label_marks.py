"""Marks that stand behind a label, and what may stand between it and its mark."""

import re

UNSEEN = "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad"
"""Characters that show nothing: joints, directions of writing."""
HARD_MARK = re.compile(rf"\.?[\s{UNSEEN}]*(?:[:：﹕∶︰ː꞉;；|→\t]|::|&#?\w{{1,6}};)")
"""Also where the mark went through a page's code: `Name&#58;`."""
BESIDE = re.compile(
    r"(?:\s*\[?[\[(（][^\])）\n]{1,40}[\])）]+(?:\([^)\s]*\))?"
    r"|\s+@?\s*[\d-]{1,2}:[\d-]{2}(?::\d\d)?(?: [AP]M)?|\s+\d{1,2}h\d{1,2}m"
    r"|, [^.?!:：\n]{1,60}(?=[:：])|\s[A-ZÀ-Þ][\w.’'-]+(?=\s*[:：;])|\s+(?:asks|says|asked|said)(?=\s*[:：]))?"
)
"""An office, a time, a verb: `Name (Hive):`, `Name 0:12`, `Name, host:`, `Name asks:`."""
GIVEN = re.compile(r"(?P<name>[A-ZÀ-Þ][a-z]+)(?:\s*[:：;；|]|\s+[-–—](?=\s))\s*[\"“]?(?=[A-ZÀ-Þ])")
"""One word with a capital before a mark and another capital: “Will: So …”."""
SOME_MARK = re.compile(r"\s*(?:[:：﹕∶︰ː꞉;；|=~→>/\\\t…—–»]|::|[-–—](?=\s))")
"""Also marks that end a name only where a label may stand."""
ROW_MARK = re.compile(rf"[\"”'’\])}}*_]*(?:{HARD_MARK.pattern})|[\"”],[\"“]")
