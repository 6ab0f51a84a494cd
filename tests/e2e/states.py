"""Every state that the workbench shows: how the study comes to it, and how a person does.

Shared by the tests of accessibility and by `tools/screens.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from e2e.gestures import SCROLLER, click_on, drag, drawn, open_note, settled
from playwright.sync_api import Page

import cpit_research as cpit
from cpit_research.model.segment import Segment
from cpit_research.model.suggestion import Suggested
from cpit_research.study.study import Study

__all__ = ["STATES", "State", "stage"]

#: The note that is read, whose text is short; another with suggestions.
READ: Final = "V07 exploratoire 2023-01-12.md"
OFFERED: Final = "V08 exploratoire 2023-01-19.odt"
EMPTY: Final = "V01 exploratoire 2022-10-12.docx"
PASSAGE: Final = "Il a changé le fil lundi"
CODED: Final = "Tout est réparable ici"

#: Who opens the page: an analyst, one who has not said her name, one who has coded nothing there,
#: somebody without any study.
Who = Literal["claire", "nobody", "salome", "guest"]


@dataclass(frozen=True, slots=True)
class State:
    """A state: who is at work, how she comes there, and what is said of it in French."""

    name: str
    words: str
    reach: Callable[[Page], Any]
    who: Who = "claire"
    #: Whether the server is gone by then.
    away: bool = False


def stage(folder: Path, aside: Path) -> None:
    """Give the demonstration what its screens may show: rounds, suggestions, a conflict, requests."""
    with cpit.open_study(folder) as study:
        _suggest(study)
        _rounds(study)
        lot = study.lot_export("yann", to=aside / "lot.zip").path
    with cpit.open_lot(lot, aside / "lot") as opened:
        _work_apart(opened)
        sent = opened.bundle_export("yann", to=aside / "envoi.zip").path
    with cpit.open_study(folder) as study:
        his = _his(study)
        study.retract(his, coder="yann")
        study.merge([sent])


def _suggest(study: Study) -> None:
    source = study.corpus.at(OFFERED)
    said = ("la neige", "Elle", "le chargeur", "la commune")
    places = [(source.text.find(words, 900), len(words)) for words in said]
    marks = [
        Suggested(Segment(source.id, at, at + 60), code, score, ((0, length),))
        for (at, length), code, score in zip(
            places, ("S33", "S21", "S52", "S14"), (0.91, 0.78, 0.64, 0.52), strict=True
        )
        if at >= 0
    ]
    study.suggest(marks, coder="lexique/2")


def _rounds(study: Study) -> None:
    coders = ("claire", "yann")
    both = {
        source for source, names in study.codings().columns.coders_of().items()
        if {*coders} <= names
    }  # fmt: skip
    while True:
        opened = study.round_open(coders, coder="claire", sample=1, stratify=(), name="mars").round
        if opened.sources[0][0] in both:
            break
        study.round_cancel(opened, reason="Une seule personne a codé cette note.", coder="claire")
    for coder in coders:
        study.round_finish(opened, coder=coder)
    study.round_close(opened, coder="claire")
    study.round_open(coders, coder="claire", sample=2, stratify=(), name="avril")


def _his(study: Study) -> Any:
    source = study.corpus.at("V27 entretien 2024-02-06.pdf").id
    return next(c for c in study.codings().where(coder="yann") if c.segment.source == source)


def _work_apart(lot: Study) -> None:
    lot.recode(_his(lot), "S21", coder="yann")
    source = lot.corpus.at("V27 entretien 2024-02-06.pdf")
    at = source.text.index("péage")
    lot.correct(
        Segment(source.id, at, at + len("péage")), "pesage", coder="yann",
        reason="Elle parle plus loin du pont-bascule",
    )  # fmt: skip


def reading(page: Page) -> None:
    """Read a note that is coded."""
    go(page, 0)
    open_note(page, READ)
    page.locator(SCROLLER).focus()
    for _press in range(3):
        page.keyboard.press("Escape")
    page.keyboard.press("Control+Home")
    page.mouse.move(5, 5)


def go(page: Page, rank: int) -> None:
    """Leave what is open or said, and go to a screen."""
    page.evaluate(
        "() => document.querySelectorAll('.cpit-notice > .cpit-plain').forEach((one) => one.click())"
    )
    for _press in range(4):
        page.keyboard.press("Escape")
    page.locator(".cpit-navigation button").nth(rank).click()
    settled(page)


def _screen(rank: int) -> Callable[[Page], None]:
    return lambda page: go(page, rank)


def _then(*keys: str) -> Callable[[Page], None]:
    def reached(page: Page) -> None:
        reading(page)
        for key in keys:
            page.keyboard.press(key)
        drawn(page)

    return reached


def _pointed(page: Page) -> None:
    reading(page)
    click_on(page, CODED)


def selected(page: Page) -> None:
    reading(page)
    drag(page, PASSAGE)


def _memo(page: Page) -> None:
    selected(page)
    page.keyboard.press("m")
    page.keyboard.type("Le geste avant la parole : il répare pendant qu’on parle d’autre chose.")


def _outside(page: Page) -> None:
    selected(page)
    page.keyboard.press("h")
    page.keyboard.type("Réparer devant")


def _palette(page: Page) -> None:
    selected(page)
    page.keyboard.press("c")
    page.keyboard.type("ecl")


def _search(page: Page) -> None:
    reading(page)
    page.keyboard.press("s")
    page.keyboard.type("decembre")
    settled(page)


def _passages(page: Page) -> None:
    _pointed(page)
    page.keyboard.press("v")
    page.wait_for_selector(".cpit-hit")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    settled(page)


def _offered(page: Page) -> None:
    go(page, 0)
    open_note(page, OFFERED)
    page.locator(SCROLLER).focus()
    page.keyboard.press("n")
    drawn(page)


def _help(page: Page) -> None:
    reading(page)
    page.keyboard.press("?")
    page.wait_for_selector("dialog[open]")


def _adjudication(page: Page) -> None:
    go(page, 1)
    page.locator("article", has_text="mars").locator("button.cpit-first").click()
    page.wait_for_selector(".cpit-choices")


def _conflicts(page: Page) -> None:
    page.keyboard.press("Escape")
    page.evaluate("() => { location.hash = '#/conflicts'; }")
    settled(page)


def _notice(page: Page) -> None:
    reading(page)
    page.keyboard.press("e")
    page.wait_for_selector(".cpit-notice")


def _empty(page: Page) -> None:
    go(page, 0)
    open_note(page, EMPTY)
    page.mouse.move(5, 5)


def _away(page: Page) -> None:
    page.keyboard.press("m")
    page.keyboard.type("Pensé pendant la panne.")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector('.cpit-saving[data-state="away"]')


STATES: Final = (
    State("accueil", "La première page, quand aucune étude n’est ouverte.", lambda _page: None, "guest"),
    State("identite", "Qui code ? On le dit une fois.", lambda _page: None, "nobody"),
    State("premiers-pas", "Cinq gestes suffisent pour commencer.", lambda page: page.keyboard.press("Shift+F1"), "salome"),
    State("lecture-vide", "Une note que l’on ouvre pour la première fois.", _empty, "salome"),
    State("lecture", "Une note codée : les traits sous les mots, les étiquettes dans la marge.", reading),
    State("extrait-selectionne", "Des mots sélectionnés, prêts à être codés.", selected),
    State("codage", "Un codage désigné : ce que dit le code, les facettes, les poignées.", _pointed),
    State("memo", "Un mémo s’écrit à côté du texte.", _memo),
    State("hors-grille", "Hors grille : un nom provisoire, en une touche.", _outside),
    State("palette", "La palette des codes : quelques lettres, sans accents.", _palette),
    State("recherche", "La recherche dans toutes les notes.", _search),
    State("extraits", "Tous les extraits d’un code, de note en note.", _passages),
    State("aide", "Toutes les touches.", _help),
    State("suggestion", "Une suggestion dans la note : accepter ou écarter, en une touche.", _offered),
    State("tours", "Les tours de double codage.", _screen(1)),
    State("arbitrage", "L’arbitrage, paragraphe par paragraphe.", _adjudication),
    State("suggestions", "Les suggestions de toutes les notes.", _screen(2)),
    State("a-recoder", "À recoder : ce que la grille a changé.", _screen(3)),
    State("corrections", "Les corrections du texte qui sont demandées.", _screen(4)),
    State("envois", "Recevoir, préparer et envoyer du travail.", _screen(5)),
    State("conflits", "Ce que deux personnes ont changé en même temps.", _conflicts),
    State("annonce", "Ce que l’atelier dit quand il manque quelque chose.", _notice),
    State("panne", "L’atelier ne répond plus : tout est gardé et repartira.", _away, away=True),
)  # fmt: skip
