"""One set of colours, light and dark: those of the system, unless others are chosen; none on paper."""

import pytest

pytestmark = pytest.mark.browser

CHOICES = ("system", "light", "dark")
DRESSED = """async () => {
  const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: "/workbench.css" });
  const drawn = new Promise((done) => style.addEventListener("load", done));
  document.head.append(style);
  await drawn;
  document.body.innerHTML = '<div class="cpit cpit-page"><p>Words</p><dialog open>More</dialog></div>';
  globalThis.cpitRoot = document.querySelector(".cpit");
}"""
DRAWN = """() => ["", " p", " dialog"].map((inside) => {
  const { color, backgroundColor, boxShadow } = getComputedStyle(document.querySelector(`.cpit${inside}`));
  return [color, backgroundColor, boxShadow];
})"""
INK = {"light": "rgb(36, 33, 29)", "dark": "rgb(233, 228, 218)"}


@pytest.fixture
def drawn(module):
    """Return what draws a theme under that of the system, and says the colours of its parts."""
    module.evaluate(DRESSED)

    def of(system: str, theme: str, media: str = "screen") -> list[list[str]]:
        module.emulate_media(color_scheme=system, media=media)
        module.evaluate("(theme) => { cpitRoot.dataset.theme = theme; }", theme)
        return module.evaluate(DRAWN)

    return of


@pytest.mark.parametrize("theme", CHOICES)
@pytest.mark.parametrize("system", ["light", "dark"])
def test_the_theme_chosen_is_drawn_else_that_of_the_system(drawn, system, theme):
    wanted = system if theme == "system" else theme
    found = drawn(system, theme)
    assert found[0][0] == found[1][0] == INK[wanted]
    assert found == drawn(wanted, "system")
    assert found != drawn("dark" if wanted == "light" else "light", "system")


@pytest.mark.parametrize("theme", CHOICES)
def test_paper_is_printed_on_in_dark_ink_and_the_page_is_whole(module, drawn, theme):
    assert drawn("dark", theme, "print")[0][0] == INK["light"]
    laid = "() => [getComputedStyle(cpitRoot).position, getComputedStyle(cpitRoot).overflow]"
    assert module.evaluate(laid) == ["static", "visible"]


@pytest.mark.parametrize("theme", CHOICES[1:])
def test_bars_of_codings_are_seen_through_what_is_selected(module, drawn, theme):
    drawn("light", theme)
    found = module.evaluate(
        "() => getComputedStyle(cpitRoot.querySelector('p'), '::selection').backgroundColor"
    )
    assert 0 < float(found.rpartition("/")[2].rpartition(",")[2].strip(" )")) < 0.5


def test_fields_are_no_wider_than_the_folds_that_hold_them(module, drawn):
    drawn("light", "light")
    wide, room = module.evaluate(
        """() => {
          cpitRoot.innerHTML = '<article class="cpit-card"><details open><summary>More</summary>'
            + '<label><select><option>none</select></label></details></article>';
          const widths = ["select", "details"].map((one) => cpitRoot.querySelector(one));
          return widths.map((one) => one.getBoundingClientRect().width);
        }"""
    )
    assert wide == room


#: What JupyterLab says of lists in what cells show.
OF_JUPYTER = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    .jp-OutputArea-output :is(dl, dt, dd) { display: block; }
    .jp-OutputArea-output dt { font-weight: bold; float: left; width: 20%; }
    .jp-OutputArea-output dd { float: left; width: 80%; }`);
  document.adoptedStyleSheets = [sheet];
  document.body.className = "jp-OutputArea-output";
  cpitRoot.className = "cpit cpit-cell";
  cpitRoot.innerHTML = '<div class="cpit-help"><dl><div><dt>Search</dt><dd>S</dd></div></dl></div>';
  return ["dt", "dd"].map((one) => {
    const { float, fontWeight, width } = getComputedStyle(cpitRoot.querySelector(one));
    return [float, fontWeight, parseFloat(width)];
  });
}"""


def test_a_cell_draws_its_lists_whatever_jupyterlab_says_of_them(module, drawn):
    drawn("light", "light")
    (term, weight, _wide), (said, _weight, wide) = module.evaluate(OF_JUPYTER)
    assert (term, said, weight) == ("none", "none", "400")
    assert wide < 50
