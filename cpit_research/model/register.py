"""Where, with whom, when: the register of the study, by opaque ids."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

VisitKind = Literal[
    "exploratory", "observation", "mirror", "collective_session", "workshop", "meeting", "interview"
]
VISIT_KINDS: Final[tuple[VisitKind, ...]] = (
    "exploratory",
    "observation",
    "mirror",
    "collective_session",
    "workshop",
    "meeting",
    "interview",
)
VisitState = Literal["planned", "made", "postponed", "cancelled"]
VISIT_STATES: Final[tuple[VisitState, ...]] = ("planned", "made", "postponed", "cancelled")
#: Codings of machines and trainees settle nothing.
CoderStanding = Literal["member", "trainee", "machine"]
CODER_STANDINGS: Final[tuple[CoderStanding, ...]] = ("member", "trainee", "machine")
QuotingRight = Literal["yes", "no", "to_ask"]


@dataclass(frozen=True, slots=True)
class Territory:
    """A pilot territory or a network, by id."""

    id: str
    nature: str
    role: str = ""
    setting: str = ""
    population: int | None = None
    joined: date | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """Someone met on the field, by id and role; the name lives in the correspondence table."""

    id: str
    territory: str
    role: str
    quoting_right: QuotingRight = "to_ask"
    legal_basis: str = ""
    informed: date | None = None
    keep_until: date | None = None


@dataclass(frozen=True, slots=True)
class Researcher:
    """Someone of the team, who signs what they write."""

    id: str
    role: str
    organisation: str = ""
    standing: CoderStanding = "member"


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit or meeting, planned or made."""

    id: str
    kind: VisitKind
    state: VisitState
    day: date | None = None
    territories: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    researchers: tuple[str, ...] = ()
    place: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner of the programme."""

    id: str
    nature: str
    scale: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class KeyDate:
    """A date of the programme's calendar."""

    day: date
    event: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """Territories, participants, researchers, visits, partners and key dates, in file order."""

    territories: tuple[Territory, ...] = ()
    participants: tuple[Participant, ...] = ()
    researchers: tuple[Researcher, ...] = ()
    visits: tuple[Visit, ...] = ()
    partners: tuple[Partner, ...] = ()
    key_dates: tuple[KeyDate, ...] = ()

    def visit(self, visit: str | None) -> Visit | None:
        """Return the visit of that id, or None."""
        return next((known for known in self.visits if known.id == visit), None)

    def territory(self, territory: str) -> Territory | None:
        """Return the territory of that id, or None."""
        return next((known for known in self.territories if known.id == territory), None)

    def participant(self, participant: str) -> Participant | None:
        """Return the participant of that id, or None."""
        return next((known for known in self.participants if known.id == participant), None)
