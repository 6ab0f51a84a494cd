"""One house style for every figure, and the drawing of it, byte for byte the same.

Why these choices: `DejaVu Sans` travels inside matplotlib, so that a bitmap is the same on every
machine; text stays text in the SVG, so that it is searched, read aloud, enlarged and seen by the
privacy gate, and takes the font of the page (narrower than DejaVu, hence never too wide); colours
of the SVG are CSS variables with the printed colour as fallback, so that a dark page may answer.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from cpit_research.results.document import Picture

__all__ = ["ACCENT", "EDGE", "GRID", "INK", "MUTED", "PALE", "PAPER", "bare", "draw", "house_style",
           "wrapped"]  # fmt: skip

INK: Final = "#1f2a33"
MUTED: Final = "#55626d"
GRID: Final = "#dce2e5"
PAPER: Final = "#ffffff"
ACCENT: Final = "#1b6674"
PALE: Final = "#c3d5d8"
#: Where words begin at the left, in shares of the width: at the edge their first letter is cut.
EDGE: Final = 0.004

#: What a page may call each colour to answer in the dark.
_VARIABLES: Final = {
    INK: "ink",
    MUTED: "muted",
    GRID: "rule",
    PAPER: "paper",
    ACCENT: "accent",
    PALE: "pale",
}
_CENTIMETRES: Final = 2.54
_RC: Final[dict[Any, Any]] = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 8.0,
    "axes.unicode_minus": True,
    "axes.edgecolor": GRID,
    "axes.labelcolor": MUTED,
    "text.color": INK,
    "xtick.color": MUTED,
    "ytick.color": INK,
    "hatch.linewidth": 0.6,
    "figure.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "svg.fonttype": "none",
    "svg.hashsalt": "cpit_research",
    "text.parse_math": False,
    "text.usetex": False,
}


@contextmanager
def house_style() -> Iterator[None]:
    """Apply the style inside the ``with`` block, from matplotlib's defaults and nothing else."""
    with mpl.rc_context():
        mpl.rcParams.update(mpl.rcParamsDefault)
        mpl.rcParams.update(_RC)
        yield


def wrapped(text: str, width: int) -> str:
    r"""Break `text` into as few lines of `width` characters as can be, about as long as each other.

    Examples
    --------
    >>> wrapped("Prendre place et travailler avec les élus", 32)
    'Prendre place et\ntravailler avec les élus'
    """
    lines = textwrap.wrap(text, width, break_long_words=False) or [""]
    narrower = width
    while narrower > 4:
        tried = textwrap.wrap(text, narrower - 1, break_long_words=False)
        if len(tried) > len(lines) or max(map(len, tried), default=0) > narrower - 1:
            break
        lines, narrower = tried, narrower - 1
    return "\n".join(lines)


def bare(axes: Axes) -> None:
    """Take away frame, ticks and tick labels: what is drawn carries its own numbers."""
    axes.set_frame_on(False)
    axes.tick_params(left=False, bottom=False, labelleft=False, labelbottom=False)


def draw(
    paint: Callable[[Figure], None],
    *,
    caption: str,
    alternative: str,
    width: float = 16.0,
    height: float = 9.0,
) -> Picture:
    """Draw a figure in the house style.

    Parameters
    ----------
    paint : function
        Draws on the empty figure that it receives.
    caption : str
        What it shows, in a sentence.
    alternative : str
        What it says, for who cannot see it.
    width, height : float
        Size in centimetres.

    Returns
    -------
    Picture
        PNG at 200 dpi, SVG and every word drawn; the same input gives the same bytes.
    """
    with house_style():
        figure = Figure(figsize=(width / _CENTIMETRES, height / _CENTIMETRES))
        FigureCanvasAgg(figure)
        paint(figure)
        png, svg = io.BytesIO(), io.BytesIO()
        words = _words(figure)
        said = {"Software": None, "Description": "\n".join((caption, *words))}
        figure.savefig(png, format="png", dpi=200, metadata=said)
        unsaid = {"Date": None, "Creator": None, "Format": None, "Type": None}
        figure.savefig(svg, format="svg", metadata=unsaid)
    return Picture(
        caption=caption,
        alternative=alternative,
        png=png.getvalue(),
        svg=_tinted(svg.getvalue().decode()).encode(),
        width=width,
        words=words,
    )


def _words(figure: Figure) -> tuple[str, ...]:
    """Return every text of the figure once, in the order of drawing."""
    texts = (text.get_text() for text in figure.findobj(Text) if text.get_visible())
    return tuple(dict.fromkeys(text for text in texts if text.strip()))


def _tinted(svg: str) -> str:
    """Name the colours of an SVG, keeping each as the fallback of its name."""
    for colour, name in _VARIABLES.items():
        svg = svg.replace(f": {colour}", f": var(--{name}, {colour})")
    return svg
