"""Codes of subjects and people: their check digits, and what is kept of an identity number."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""GB 32100-2015: digits and capital letters without I O S V Z."""
USCC = re.compile(f"[{USCC_ALPHABET}]{{2}}[0-9]{{6}}[{USCC_ALPHABET}]{{10}}")
CITIZEN = re.compile(r"[0-9]{17}[0-9X]")
CITIZEN_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CITIZEN_CHECKS = "10X98765432"
OTHER_DOCUMENT = re.compile(r"[0-9A-Z]{5,20}")
"""A passport, a permit of another place: no check digit that all of them share."""
LAST = 4


def tidy(text: str) -> str:
    """A code as it is compared and kept: half width, capitals, no blanks and hyphens."""
    narrow = text.translate({0xFF01 + place: 0x21 + place for place in range(94)})
    return re.sub(r"[\s\u3000-]", "", narrow).upper()


def uscc_check(first: str) -> str:
    """The eighteenth place of the unified social credit code that begins with these seventeen (GB 32100-2015: weights 3^i mod 31)."""
    total = sum(USCC_ALPHABET.index(place) * pow(3, number, 31) for number, place in enumerate(first))
    return USCC_ALPHABET[-total % 31]


def is_uscc(code: str) -> bool:
    """Whether a tidy code is a unified social credit code with the right check digit."""
    return bool(USCC.fullmatch(code)) and uscc_check(code[:17]) == code[17]


def citizen_check(first: str) -> str:
    """The eighteenth place of a citizen's identity number (GB 11643-1999, ISO 7064 MOD 11-2)."""
    return CITIZEN_CHECKS[sum(int(place) * weight for place, weight in zip(first, CITIZEN_WEIGHTS, strict=True)) % 11]


def is_identity_number(number: str) -> bool:
    """Whether a tidy number may be one of a person's document: a citizen's with the right check digit, or another document's."""
    if CITIZEN.fullmatch(number):
        return citizen_check(number[:17]) == number[17]
    return bool(OTHER_DOCUMENT.fullmatch(number)) and not re.fullmatch(r"[0-9]{15,}", number)


@dataclass(frozen=True)
class Identity:
    """What is kept of an identity number: enough to recognise the same person again, not enough to read the number."""

    digest: str = ""
    last: str = ""

    @classmethod
    def of(cls, number: str, salt: str) -> Identity:
        """The salted digest (HMAC-SHA256, hex) and the last four places of `number`; both empty for an empty one."""
        known = tidy(number)
        if not known:
            return cls()
        return cls(hmac.new(f"identity:{salt}".encode(), known.encode(), hashlib.sha256).hexdigest(), known[-LAST:])
