"""What the controls of a form show."""

from __future__ import annotations

from typing import Final

from lxml import etree

from cpit_research.formats.received.web_flow import inside, on_a_line

__all__ = ["CONTROLS", "shown"]

CONTROLS: Final = frozenset({"input", "select", "textarea", "embed"})

_UNSHOWN: Final = frozenset(
    {"hidden", "password", "submit", "reset", "button", "image", "file", "range", "color"}
)
_BOXES: Final = {"checkbox": "☐☑", "radio": "○◉"}


def shown(control: etree._Element) -> str:
    """Return the words of a control: what was typed, chosen or ticked.

    A box or a button to tick is shown as a character, ticked or not.
    """
    if control.tag == "textarea":
        return inside(control).removeprefix("\n")
    if control.tag == "select":
        return _chosen(control)
    if control.tag != "input":
        return ""
    kind = control.get("type", "text").lower()
    if kind in _BOXES:
        return _BOXES[kind][control.get("checked") is not None] + " "
    return "" if kind in _UNSHOWN else control.get("value", "")


def _chosen(control: etree._Element) -> str:
    options = list(control.iter("option"))
    chosen = [option for option in options if option.get("selected") is not None]
    if not chosen and control.get("multiple") is None:
        chosen = options[:1]
    words = (on_a_line(option) for option in chosen)
    return ", ".join(filter(None, words))
