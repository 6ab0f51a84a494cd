"""Who a study is: its id, the key of its digests, what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

STUDY_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Identity:
    """What ``study.toml`` holds.

    Parameters
    ----------
    id : UUID
        Id of the study; every source id derives from it.
    key : bytes
        Key of the digests of passages. Losing it means that unchanged text can no longer be
        proved unchanged.
    title, context : str
        Printed in documents.
    author : str
        Organisation that signs documents.
    no_agreement : str
        Why agreement between coders is not measured; empty when it may be.
    demonstration : bool
        The study is fictitious, and every document says so.
    lot : str
        The coder whose lot this folder is; empty for a whole study.
    """

    id: UUID
    key: bytes = field(repr=False)
    title: str = ""
    subtitle: str = ""
    context: str = ""
    author: str = ""
    demonstration: bool = False
    no_agreement: str = ""
    lot: str = ""
