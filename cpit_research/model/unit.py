"""On what coders are compared."""

from __future__ import annotations

from typing import Final, Literal

#: A sentence, what a speaker says, a block, or characters one by one: segments as they were cut.
Unit = Literal["sentence", "turn", "paragraph", "span"]
UNITS: Final[tuple[Unit, ...]] = ("sentence", "turn", "paragraph", "span")
