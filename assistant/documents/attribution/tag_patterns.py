"""Patterns and short lists by which the words beside a quotation are read; longer lists stand in `attribution.yaml`."""

import re

CJK = re.compile("[\u3400-\u9fff]")
CREDIT_BRACKETS = re.compile(r"\s*[(（\[](?P<who>[^()（）\[\]]{2,160})[)）\]]")
CREDIT_DASH = re.compile(r"[\s.]*(?:[—–―~]+|--+|-)\s*(?P<who>[^\n]{2,200})$", re.DOTALL)
SEVERAL = re.compile(r"\bet\s+al\b|等", re.IGNORECASE)
SCHOLARLY = re.compile(r"^\W*[A-ZÀ-Þ][\w’'-]+(?:(?:,| and| &)\s+[A-ZÀ-Þ][\w’'.-]+)*,?\s+\(?(?:19|20)\d\d")
AUTHORS = re.compile(r"[A-ZÀ-Þ][\w’'-]+(?:,? (?:and|&) [A-ZÀ-Þ][\w’'-]+| et al\.?),? \(?(?:19|20)\d\d")
JOINING = frozenset("and but while whereas".split())
NOT_A_TAG = frozenset(
    "and but while when because or so which that if then although though unless until since after before even".split()
)
IS_BY = re.compile(r"(?:(?:is|was|comes|stands)\b[^.]{0,24}\s)?(?:by|from) (?=[A-ZÀ-Þ])")
PARTICIPLE = re.compile(
    r"\W*(?:[A-Z][\w ]{2,30}: )?(?:(?:When|If|Once|After being) )?"
    r"(?:asked|pressed|questioned|interviewed|challenged|prompted)\b[^,]*,\s+(?P<main>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
GOES = re.compile(r"\s(?:goes|went|(?:is|was|[’']s) (?:all )?like)[\s,:]*$")
WANTS_TO_KNOW = re.compile(r"\bwant(?:ed|s) to know\b")
REFERENCE = re.compile(
    r"(?:^|\n)[\W\d]*[A-ZÀ-Þ][\w’'-]+, (?:(?:[A-Z]\.[ -]?)+|[A-ZÀ-Þ][a-z]+ (?=\())"
    r"[^“\"\n]*?\(?(?:19|20)\d\d[a-z]?\)?[.,:]?\s*$"
)
ANONYMOUS = re.compile(r"\W*(?:an?|one|another|our|anonymous|unknown)\b(?:[ ,]+[\w’'-]+){0,4}\W*$", re.IGNORECASE)
COMES = re.compile(r"\W*(?:came|comes|was|is|went)\s+(?:the|his|her)\s+(?:answer|reply|response)", re.IGNORECASE)
CLAUSE = re.compile("[，,；;。]")
NAME_DASH = re.compile(r"[\s*_>]*(?P<who>[A-ZÀ-Þ][\w.’'-]*(?: [A-ZÀ-Þ][\w.’'-]*){0,3})[*_]*\s+[—–-]+\s*$")
"""A line that begins with a name and a dash: "Ada Lovelace – “…”"."""
RIGHT_THAT = re.compile(r"\b(?:right|wrong|sure|certain|convinced|clear|adamant|confident) that\s*$", re.IGNORECASE)
COPULA_TELLS = re.compile(
    r"(?:is|was|were|are) (?:just |only |exactly |also )?(?:how|what|all|the way|as much as|as close as)(?: that)?\s",
    re.IGNORECASE,
)
"""Behind a quotation: "is how Ada puts it", "was all that she would say"."""
LOOKS_BACK = re.compile(
    r"[\s*_]*(?:(?:The|That|This) [a-z]+(?: [a-z]+)? (?:was|is)"
    r"|(?:[Tt]hat|[Tt]his|[Ii]t|[Tt]hose|[Tt]hese)(?:[’']s| is| was| are| were)"
    r"(?: the words? of| from| by| how)?|(?:So|Thus)(?: once)?(?: said| says| wrote| spoke)?) (?P<who>[A-ZÀ-Þ@].*)",
    re.DOTALL,
)
"""A sentence behind a quotation that tells whose it was: "That was Ada on engines", "So said Ada Lovelace"."""
SAID_IT = re.compile(
    r"[\s*_]*(?P<who>[A-ZÀ-Þ][\w’'-]*(?: [A-ZÀ-Þ][\w’'-]*)?) (?:has |had |once |first |really |actually |did )*"
    r"(?P<verb>\w+) (?:that|this|it|those words|these words|so)(?: (?:to|in|at|on|when|before|after|with|again|once"
    r"|while|as|during|for|on|years?|only|twice|out)\b.*|[.!;,].*)?$",
    re.DOTALL,
)
"""A sentence behind a quotation: "She said it when nobody believed it"."""
FRAGMENT = re.compile(
    r"[\s*_]*[A-ZÀ-Þ][\w’'-]*(?: [A-ZÀ-Þ][\w’'-]*)?, (?:at|in|on|to|when|after|during|last|this|speaking|talking|back"
    r"|from)\b"
)
"""A sentence without a verb behind a quotation: "Ada, at a dinner in 1843."."""
APPOSITION = re.compile(
    r"(?:an?|the|his|her) (?:[\w-]+ ){0,2}(?:remark|line|claim|phrase|sentence|statement|comment|view|idea|position"
    r"|point|quote|thought|answer|tweet|post|observation)s?(?: (?:which|that|to which|for which|he|she|they)\b|[,.])"
)
"""What stands behind a comma in place of the quotation: "“…”, a remark which Babbage answered with “…”"."""
REVEALS = re.compile("(?:The|That|This) [a-z]+(?: [a-z]+)? (?:was|is) [A-ZÀ-Þ]")
"""A sentence that names who was told of without a name: "The researcher was Ada Lovelace."."""
TO_QUOTE = re.compile(
    r"[\s*_>]*(?:to quote|to borrow from|per|via|in the (?:immortal |famous )?words of) (?P<who>[A-ZÀ-Þ@].*)",
    re.IGNORECASE,
)
"""A lead that hands the word on without a verb: "To quote Ada,", "Per Ada:"."""
CHINESE_BACK = re.compile("[—\\s]*(?:这|那|以上|上面)(?:些话|句话|番话|段话)?(?:都|正|就)?是")
OWN_TEXT = re.compile(r"\W*(?P<owner>his|her|their)\s+(?P<noun>[a-z]+)\b.{0,80}\b(?:is|was)[\s:,]*$", re.IGNORECASE)
PRONOUNS = frozenset("he him his she her hers they them their theirs".split())
LONGEST_CREDIT = 24
NEAR_START = 4  # words of a tail before its speaker
SHORT_TAG = 7
SHORT_RUBRIC = 5
PLAIN = frozenset("is was has does not but its".split())
FILLING = frozenset("and then also but later he she they to has had have been was is would".split()) | {"again"}
