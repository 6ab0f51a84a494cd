"""Every construct of a PDF, as ``docs/canonical-text.md`` lays it out."""

import unicodedata
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from odd_files.pdfs import Page, pdf, shown, typed

from cpit_research.errors import FormatError
from cpit_research.formats.received import pdf_file
from cpit_research.formats.received.pdf import from_pdf
from cpit_research.formats.received.reading import Aside

pytestmark = pytest.mark.usefixtures("in_english")

MADE = Path(__file__).parents[2] / "odd_files" / "made"
#: Lines that are full: what follows them goes on their paragraph.
FULL = "La place du village est vide depuis que le marché a quitté le bourg, dit-elle, et"
WIDE = f"{FULL} "
LETTERS = "abcdeéèêçàùœ ABCÉ0123456789'’«».,;:?!-–()[]/•€ﬁﬂ"
LIGATURES = {"ﬁ": "fi", "ﬂ": "fl"}


def paragraphs(*blocks: list[str], top: float = 760, leading: float = 14) -> str:
    """Paragraphs of lines, a blank line between two."""
    lines = [line for block in blocks for line in [*block, ""]]
    return typed(lines, top=top, leading=leading)


def parts(reading, *kinds):
    return [reading.text[part.start : part.end] for part in reading.structure.of(*kinds)]


def characters(text: str) -> Counter[str]:
    for ligature, letters in LIGATURES.items():
        text = text.replace(ligature, letters)
    return Counter(unicodedata.normalize("NFC", "".join(text.split())))


# Laws


@given(
    st.lists(st.lists(st.text(LETTERS, max_size=90), max_size=12), min_size=1, max_size=3).filter(
        lambda pages: any("".join(page).strip() for page in pages)
    )
)
def test_no_character_is_lost_whatever_becomes_a_paragraph_or_is_set_aside(pages):
    reading = from_pdf(pdf([typed(page, font="F3") for page in pages]))
    kept = characters(reading.text + "".join(aside.words for aside in reading.asides))
    written = characters("".join(line for page in pages for line in page))
    assert set(kept) == set(written)
    for character in written - kept:  # said once, it stood on several pages
        assert any(character in characters(aside.words) for aside in reading.asides)
    assert kept - written == Counter()


@given(st.lists(st.integers(1, 7), min_size=1, max_size=8))
def test_paragraphs_parted_by_a_blank_line_come_back_whole_across_pages(heights):
    written = [[f"{FULL} {n}"] * (height - 1) + ["fin."] for n, height in enumerate([5, *heights])]
    lines = [line for block in written for line in [*block, ""]]
    pages = [lines[at : at + 40] for at in range(0, len(lines), 40)]
    reading = from_pdf(pdf([typed(page) for page in pages]))
    assert reading.text.split("\n") == [" ".join(block) for block in written]


@given(st.binary(max_size=60), st.integers(0, 3000))
def test_a_damaged_file_is_read_or_refused(noise, at):
    data = pdf([typed(["Bonjour à tous", "et à toutes"])])
    refused = None
    try:
        from_pdf(data[:at] + noise + data[at + len(noise) :])
    except FormatError as error:
        refused = error
    assert refused is None or refused.what


def test_a_truncated_file_is_refused_wherever_it_is_cut():
    data = pdf([typed(["Bonjour à tous"])])
    for length in range(9, len(data) - 6, 97):
        with pytest.raises(FormatError, match="truncated"):
            from_pdf(data[:length])


# Another extraction


@pytest.mark.parametrize("name", ["libreoffice", "reportlab", "typst"])
def test_the_characters_are_those_that_pdfium_itself_extracts(name):
    data = (MADE / f"pdf_{name}.pdf").read_bytes()
    reading = from_pdf(data)
    document = pypdfium2.PdfDocument(data)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    extracted = characters("".join(pages).replace("\ufffe", ""))
    kept = characters(reading.text)
    for aside in reading.asides:
        for character, times in characters(aside.words).items():
            kept[character] += times * (1 if aside.kind == "page_number" else len(pages))
    kept["-"] = extracted["-"]  # a hyphen that ends a line has no character there
    assert kept == extracted


def test_an_interview_saved_by_libreoffice_comes_back():
    reading = from_pdf((MADE / "pdf_libreoffice.pdf").read_bytes())
    question = (
        "Chercheuse : Pouvez-vous me dire comment la place a changé, et ce que les habitants "
    )
    answer = (
        "Maire : Oui. Les commerces ont rouvert les uns après les autres, peut-être grâce à ce "
    )
    assert reading.text.split("\n") == [
        "Entretien fictif",
        "Visite : V90",
        *[
            question + "en disent aujourd’hui ?",
            answer + "chantier, et le marché est revenu le jeudi.",
        ]
        * 8,
        "Suite",
        "Acteur\tRôle",
        "Maire\tporte le chantier de la place depuis le mandat",
    ]
    assert reading.header == {"visite": "V90"}
    assert [turn.speaker for turn in reading.structure.turns] == ["Chercheuse", "Maire"] * 8
    assert reading.asides == (
        Aside("header", "Document fictif de test"),
        Aside("footer", "Personne inventée"),
    )


def test_two_hyphenated_columns_made_by_typst_come_back():
    reading = from_pdf((MADE / "pdf_typst.pdf").read_bytes())
    paragraph = (
        "La municipalité envisage, peut-être dès demain, une réhabilitation "
        "extraordinairement ambitieuse ; les "
        "administrés en sont informés. La réhabilitation des commerces attend : la municipalité "
        "cherche des subventions."
    )
    assert reading.text.split("\n") == ["Note fictive", *[paragraph] * 8]
    assert any("cut at the end of a line joined again" in notice for notice in reading.notices)


def test_a_report_made_by_reportlab_comes_back():
    reading = from_pdf((MADE / "pdf_reportlab.pdf").read_bytes())
    assert parts(reading, "heading") == ["Compte rendu fictif", "Première partie"]
    assert [part.level for part in reading.structure.of("heading")] == [1, 2]
    assert parts(reading, "list_item") == ["un point", "deux"]
    assert parts(reading, "cell") == ["Acteur", "Rôle", "Maire", "Porte", "Adjoint", "Suit"]
    assert len(parts(reading, "paragraph")) == 14
    assert [aside.words for aside in reading.asides] == ["Page 1", "Page 2"]


# Paragraphs


def test_a_line_that_is_full_goes_on_and_one_that_is_not_ends_its_paragraph():
    reading = from_pdf(pdf([typed([FULL] * 3 + ["le reste.", "Autre chose.", FULL, "suite."])]))
    assert reading.text.split("\n") == [
        f"{FULL} {FULL} {FULL} le reste.",
        "Autre chose.",
        f"{FULL} suite.",
    ]
    assert [part.place for part in reading.structure] == [
        f"page 1, paragraph {n}" for n in (1, 2, 3)
    ]


def test_a_paragraph_that_goes_on_over_a_page_is_one_and_stands_on_its_first():
    reading = from_pdf(pdf([typed(["Début.", FULL, FULL, FULL]), typed(["suite.", "Fin."])]))
    assert reading.text == f"Début.\n{FULL} {FULL} {FULL} suite.\nFin."
    assert [part.place for part in reading.structure] == [
        "page 1, paragraph 1",
        "page 1, paragraph 2",
        "page 2, paragraph 1",
    ]


def test_an_indent_opens_a_paragraph_and_a_hanging_one_does_not():
    indented = typed([FULL] * 3) + shown(FULL[:-4], 90, 718) + typed([FULL, "fin."], top=704)
    assert from_pdf(pdf([indented])).text.count("\n") == 1
    hanging = typed([f"- {FULL}"[:-4]]) + typed([FULL[:-4], FULL[:-4]], x=84, top=746)
    assert from_pdf(pdf([hanging + typed([FULL] * 3, top=600)])).text.startswith(
        f"- {FULL[:-4]} {FULL[:-4]} {FULL[:-4]}\n"
    )


@pytest.mark.parametrize(
    "opening",
    ["• un point", "[Chercheur] (0:04 - 0:08)", "[Maire]", "0:01:02 Oui", "Jeanne (0:04) : oui"],
)
def test_bullets_bracketed_labels_and_times_open_a_paragraph_even_after_a_full_line(opening):
    reading = from_pdf(pdf([typed([FULL, FULL, FULL, opening], font="F3")]))
    assert reading.text.split("\n")[1:] == [opening]


def test_a_label_or_a_dash_opens_a_paragraph_only_after_a_sentence():
    ended = FULL[:-4] + " oui."
    for opening in ("Maire : oui", "- un", "1. un", "14 h 20 : départ"):
        reading = from_pdf(pdf([typed([ended, ended, ended, opening])]))
        assert reading.text.split("\n")[1:] == [opening]
        reading = from_pdf(pdf([typed([FULL, FULL, FULL, opening])]))
        assert "\n" not in reading.text


def test_the_wide_spaces_of_a_justified_line_are_no_cells():
    def spread(words: list[str], y: float) -> str:
        return "".join(shown(word, 72 + 40 * rank, y) for rank, word in enumerate(words))

    page = spread(["oui"] * 4, 760) + spread(["non"] * 4, 746)
    assert "\t" not in from_pdf(pdf([page])).text


def test_a_bold_question_after_a_label_is_no_heading():
    page = typed(["[Chercheur] (0:04 - 0:08)"]) + shown("Depuis quand", 72, 740, font="F2")
    reading = from_pdf(pdf([page + typed([FULL, "fin."], top=710)]))
    assert reading.structure.of("heading") == ()


def test_a_mark_after_a_space_is_never_parted_from_its_word():
    # « bien ? » would not have fitted, though « bien » would.
    lines = [FULL, FULL, FULL, FULL[:-3] + "i", "x ?", "Non."]
    assert f"{FULL[:-3]}i x ?" in from_pdf(pdf([typed(lines)])).text


# Words cut


@pytest.mark.parametrize(
    ("before", "after", "elsewhere", "becomes"),
    [
        ("muni", "cipal", "Un conseil municipal.", "municipal"),
        ("peut", "être", "Il le sait peut-être.", "peut-être"),
        ("rouge", "gorge", "Rien.", "rouge-gorge"),
        ("bien", "être", "Un bien-être, un bienêtre.", "bien-être"),
    ],
)
def test_a_word_cut_is_joined_as_the_document_writes_it_elsewhere(
    before, after, elsewhere, becomes
):
    lines = [FULL, FULL, f"{FULL[:-9]} {before}-", f"{after} et {FULL}"[:80], elsewhere]
    reading = from_pdf(pdf([typed(lines)]))
    assert f" {becomes} et" in reading.text
    said = ("joined again" in " ".join(reading.notices), "kept" in " ".join(reading.notices))
    assert said == (becomes == "municipal", becomes == "rouge-gorge")


def test_a_capital_after_a_hyphen_is_a_compound():
    lines = [FULL, FULL, f"{FULL[:-9]} Saint-", "Étienne le sait."]
    assert "Saint-Étienne" in from_pdf(pdf([typed(lines)])).text


def test_a_document_that_cuts_words_has_all_of_them_joined_but_compounds():
    known = "municipal difficile habitant"
    cut = [
        ("muni", "cipal"),
        ("diffi", "cile"),
        ("habi", "tant"),
        ("voi", "sinage"),
        ("demi", "journée"),
    ]
    lines = [known]
    for before, after in cut:
        lines += [FULL, FULL, f"{FULL[:-9]} {before}-", f"{after} et la suite."]
    text = from_pdf(pdf([typed(lines)])).text
    assert all(f"{before}{after}" in text for before, after in cut[:-1])
    assert "demi-journée" in text


def test_a_soft_hyphen_is_what_the_file_declares_or_leaves_at_the_end_of_a_page():
    cut = f"BT /F1 11 Tf 72 732 Td ({FULL[:20]} un voi) Tj "
    cut += "/Span << /ActualText <FEFF00AD> >> BDC (-) Tj EMC ET\n"
    page = typed([FULL[:26], FULL[:26]]) + cut + typed(["sinage."], top=718)
    assert " voisinage." in from_pdf(pdf([page], size=(300, 842))).text
    pages = [typed([FULL, FULL, f"{FULL[:-9]} un voi\u00ad"], font="F3"), typed(["sinage."])]
    assert " voisinage." in from_pdf(pdf(pages)).text


def test_a_hyphen_left_hanging_keeps_its_space():
    lines = [FULL, FULL, f"{FULL[:-9]} sous-", "et surévalué."]
    assert "sous- et surévalué" in from_pdf(pdf([typed(lines)])).text


def test_ligatures_are_opened():
    reading = from_pdf(pdf([typed(["L’oﬃce ﬁxe la ﬂuidité, l’eﬀet"], font="F3")]))
    assert reading.text == "L’office fixe la fluidité, l’effet"


# Pages


def book(pages: int, **edges: str) -> bytes:
    return pdf(
        [
            typed([f"{'abcdefgh'[n]}) {FULL}", f"Fin de {'abcdefgh'[n]}."])
            + shown(edges.get("header", "").format(n=n), 72, 810, 9)
            + shown(edges.get("footer", "").format(n=n, all=pages), 290, 30, 9)
            for n in range(1, pages + 1)
        ]
    )


def test_running_titles_are_set_aside_once_and_page_numbers_too():
    reading = from_pdf(book(4, header="Étude fictive", footer="Page {n} sur {all}"))
    assert "Étude fictive" not in reading.text
    assert "sur 4" not in reading.text
    assert reading.asides == (
        Aside("header", "Étude fictive"),
        *(Aside("page_number", f"Page {n} sur 4") for n in range(1, 5)),
    )
    assert reading.notices == ("1 page header set aside.", "4 page numbers set aside.")


def test_titles_of_chapters_beside_page_numbers_are_set_aside():
    titles = ["Le bourg", "Le bourg", "La gare", "La gare", "Le marché"]
    pages = [
        shown(title, 72, 800) + shown(str(n + 6), 500, 800) + typed([f"{title} {n}, suite."])
        for n, title in enumerate(titles, start=1)
    ]
    reading = from_pdf(pdf(pages))
    assert reading.text.split("\n") == [f"{t} {n}, suite." for n, t in enumerate(titles, 1)]
    assert [aside.words for aside in reading.asides][-1] == "Le marché  11"


def test_a_speaker_who_opens_two_pages_is_no_running_title():
    pages = [typed(["[Chercheur]", f"Question {n}, longue."]) for n in (1, 2)]
    assert from_pdf(pdf(pages)).text.count("[Chercheur]") == 2


def test_lines_whose_numbers_are_not_those_of_pages_stay():
    pages = [typed([f"[Maire] (0:{n} - 0:{n + 9})", "Oui."]) for n in (11, 47, 23)]
    assert from_pdf(pdf(pages)).asides == ()


def test_the_number_of_a_single_page_is_set_aside_and_a_year_is_not():
    assert from_pdf(pdf([typed(["Bonjour."]) + shown("1", 297, 30)])).text == "Bonjour."
    assert from_pdf(pdf([typed(["Bonjour."]) + shown("2023", 297, 30)])).text == "Bonjour.\n2023"


COLUMN = "Le marché est parti du bourg, et les"


def test_columns_that_the_file_writes_one_after_the_other_are_read_so():
    left = typed([f"{COLUMN} {n}" for n in range(12)], x=50)
    right = typed([f"{COLUMN} {n}" for n in range(12, 24)], x=320)
    reading = from_pdf(pdf([left + right]))
    assert reading.text == " ".join(f"{COLUMN} {n}" for n in range(24))
    assert reading.notices == ()


def test_columns_that_the_file_writes_backwards_are_read_from_the_top_and_said():
    lines = [shown(f"{COLUMN} {n} {side}", x, 760 - 14 * n)
             for side, x in (("g", 50), ("d", 320)) for n in reversed(range(9))]  # fmt: skip
    reading = from_pdf(pdf(["".join(lines)]))
    assert reading.text.split("\n")[0] == f"{COLUMN} 0 g\t{COLUMN} 0 d"
    assert reading.notices[0] == (
        "The order of 1 page with words side by side is uncertain (page 1): it is read from top "
        "to bottom."
    )


def test_lines_that_the_file_writes_backwards_are_read_from_the_top():
    lines = [shown(f"Ligne {n}.", 72, 760 - 14 * n) for n in range(9)]
    reading = from_pdf(pdf(["".join(reversed(lines))]))
    assert reading.text == "\n".join(f"Ligne {n}." for n in range(9))
    assert reading.notices == ()


def test_rows_of_cells_are_lines_with_tabs_and_a_cell_keeps_its_lines():
    table = (
        shown("Acteur", 72, 700) + shown("Rôle", 200, 700) + shown("Maire", 72, 680)
        + shown("porte le", 200, 680) + shown("projet", 200, 666) + shown("oui", 400, 680)
    )  # fmt: skip
    reading = from_pdf(pdf([typed(["Avant."]) + table]))
    assert reading.text == "Avant.\nActeur\tRôle\nMaire\tporte le projet\toui"
    assert [part.place for part in reading.structure.of("cell")] == [
        "page 1, paragraph 2, column 1",
        "page 1, paragraph 2, column 2",
        "page 1, paragraph 3, column 1",
        "page 1, paragraph 3, column 2",
        "page 1, paragraph 3, column 3",
    ]


def test_a_label_that_stands_apart_goes_with_its_words():
    page = "".join(
        shown(label, 72, 760 - 28 * n) + typed(["Je le sais", "bien."], x=200, top=760 - 28 * n)
        for n, label in enumerate(["Chercheur :", "Maire :"])
    )
    reading = from_pdf(pdf([page]))
    assert [turn.speaker for turn in reading.structure.turns] == ["Chercheur", "Maire"]


def test_times_and_labels_in_columns_of_their_own_go_with_their_words():
    page = "".join(
        shown(f"0:0{n}:12", 72, 760 - 42 * n)
        + shown(label, 140, 760 - 42 * n)
        + typed(["Je le sais depuis le début, je crois", "bien."], x=240, top=760 - 42 * n)
        for n, label in enumerate(["Chercheur :", "Maire :", "Chercheur :"])
    )
    reading = from_pdf(pdf([page], size=(500, 842)))
    turns = reading.structure.turns
    assert [(turn.speaker, turn.begins) for turn in turns] == [
        ("Chercheur", 12),
        ("Maire", 72),
        ("Chercheur", 132),
    ]
    assert reading.text[turns[0].speech_start : turns[0].end].startswith("Je le sais")


@pytest.mark.parametrize("matrix", ["0 1 -1 0", "0 -1 1 0", "-1 0 0 -1"])
def test_a_page_that_is_turned_is_read(matrix):
    a, b, _c, _d = map(int, matrix.split())
    content = "".join(
        shown(line, 300 + 14 * n * b, 400 - 14 * n * a, matrix=matrix)
        for n, line in enumerate(["Un tableau.", "Deux lignes."])
    )
    assert from_pdf(pdf([Page(content, entries="/Rotate 90")])).text == "Un tableau.\nDeux lignes."


def test_words_written_across_are_set_aside():
    draft = shown("PROJET", 200, 300, 60, matrix=".7 .7 -.7 .7")
    reading = from_pdf(pdf([typed(["Un texte."]) + draft] * 2))
    assert reading.text == "Un texte.\nUn texte."
    assert reading.asides == (Aside("askew", "PROJET"),)


# Structure


def test_headings_are_ranked_by_size_and_bold_ones_come_last():
    page = (
        shown("Titre", 72, 800, 20) + shown("Partie", 72, 770, 15)
        + typed([FULL, "fin."], top=740) + shown("Section", 72, 690, 11, font="F2")
        + typed([FULL, "fin."], top=670)
    )  # fmt: skip
    reading = from_pdf(pdf([page]))
    assert [(reading.text[p.start : p.end], p.level) for p in reading.structure.of("heading")] == [
        ("Titre", 1),
        ("Partie", 2),
        ("Section", 3),
    ]


@pytest.mark.parametrize("line", ["Maire : oui", "Une phrase en gras.", "[Maire]", "- un point"])
def test_a_bold_line_that_is_speech_a_sentence_or_an_item_is_no_heading(line):
    page = typed([FULL, "fin."]) + shown(line, 72, 710, 11, font="F2") + typed([FULL], top=680)
    assert from_pdf(pdf([page])).structure.of("heading") == ()


def test_items_have_the_depth_of_their_indent():
    page = typed(["• un"]) + typed(["– deux", "– trois"], x=90, top=746) + typed(["• fin"], top=718)
    reading = from_pdf(pdf([page]))
    assert reading.text == "• un\n– deux\n– trois\n• fin"
    assert parts(reading, "list_item") == ["un", "deux", "trois", "fin"]
    assert [part.level for part in reading.structure] == [1, 2, 2, 1]


def test_notes_at_the_foot_come_after_the_paragraph_that_goes_on_and_lose_their_call():
    called = (
        shown(FULL[:-4], 72, 760) + "BT /F1 11 Tf 72 746 Td (vu) Tj /F1 6 Tf 4 Ts (1) Tj ET\n"
        + typed([FULL, FULL], top=732)
    )  # fmt: skip
    foot = "BT /F1 6 Tf 72 60 Td 3 Ts (1) Tj /F1 8 Tf 0 Ts (Une note.) Tj ET\n"
    reading = from_pdf(pdf([called + foot, typed(["suite.", "Fin."])]))
    assert parts(reading, "footnote") == ["Une note."]
    assert reading.text.split("\n")[-2:] == ["1 Une note.", "Fin."]
    (call,) = (aside for aside in reading.asides if aside.kind == "footnote_mark")
    assert (call.words, reading.text[: call.at][-2:]) == ("1", "vu")
    assert "vu1" not in reading.text


# Over the page


ZOE = "/T (Zo\\351)"


def test_comments_and_highlights_are_set_aside_with_their_author():
    comment = f"/Subtype /Text /Rect [60 728 70 738] {ZOE} /Contents (vrai ?)"
    quad = "/QuadPoints [72 743 165 743 72 729 165 729]"
    highlight = f"/Subtype /Highlight /Rect [72 728 100 744] {ZOE} {quad}"
    annotations = tuple(f"<< /Type /Annot {one} >>" for one in (comment, highlight))
    page = Page(typed(["Rien.", "", "La place est vide."]), annotations)
    reading = from_pdf(pdf([page]))
    assert reading.text == "Rien.\nLa place est vide."
    assert reading.asides == (
        Aside("comment", "vrai ?", "Zoé", 6),
        Aside("highlight", "La place est vide.", "Zoé", 6),
    )
    assert reading.notices == ("1 comment set aside.", "1 highlighted passage set aside.")


NAME = "/FT /Tx /T (nom) /V (Ana) /Rect [110 755 200 772]"
SHOWN = "/AP << /N << /On 3 0 R /Off 3 0 R >> >>"
AGREED = f"/FT /Btn /T (oui) /V /On /AS /On /Rect [110 735 122 747] {SHOWN}"
FIELDS = tuple(f"<< /Type /Annot /Subtype /Widget {one} >>" for one in (NAME, AGREED))


def test_form_fields_are_written_where_they_stand():
    # The annotations of the only page follow the objects of fonts, pictures and contents.
    page = Page(shown("Nom :", 72, 760) + shown("Accord", 72, 737), FIELDS)
    plain = pdf([page])
    numbers = [
        plain[: plain.index(field.encode())].rsplit(b"\n", 2)[1].split()[0] for field in FIELDS
    ]
    fields = " ".join(f"{number.decode()} 0 R" for number in numbers)
    reading = from_pdf(pdf([page], catalog=f"/AcroForm << /Fields [{fields}] >>"))
    assert reading.text == "Nom : Ana\nAccord ☒"
    assert reading.notices == ("2 form fields written in their place.",)


def test_attached_files_are_counted():
    names = "/Names << /EmbeddedFiles << /Names [(a.txt) 4 0 R] >> >>"
    file = "<< /Type /Filespec /F (a.txt) >>"
    reading = from_pdf(pdf([typed(["Bonjour."])], catalog=names, extra=[file]))
    assert reading.notices == ("1 attached file is not read.",)


# Refused, or said


def test_scanned_pages_are_named_and_a_scanned_document_refused():
    text = typed([FULL])
    reading = from_pdf(pdf([Page(text), Page(picture=True), Page(picture=True), Page(text)]))
    assert reading.notices[0] == "2 pages hold pictures and no text (pages 2–3): they are not read."
    with pytest.raises(FormatError, match=r"scanned.*recognition"):
        from_pdf(pdf([Page(picture=True), Page(shown("p. 2"), picture=True)]))
    with pytest.raises(FormatError, match="holds no text"):
        from_pdf(pdf([""]))


def test_recognised_characters_under_a_picture_are_read_and_said():
    reading = from_pdf(pdf([Page(shown("Un texte reconnu.", mode=3), picture=True)]))
    assert reading.text == "Un texte reconnu."
    assert "character recognition (page 1)" in reading.notices[0]


def test_letters_that_nothing_translates_are_refused_or_said():
    garbled = typed([FULL] * 3, font="F3")
    with pytest.raises(FormatError, match="letters of this PDF cannot be read"):
        from_pdf(pdf([garbled], unicode=False))
    reading = from_pdf(pdf([typed([FULL] * 9) + shown("\ue001\ue002", 72, 400, font="F3")]))
    assert reading.text.endswith("\ufffd\ufffd")
    assert reading.notices == ("2 characters are not readable: � stands in their place.",)


def test_a_password_is_wanted_or_not():
    with pytest.raises(FormatError, match="protected by a password"):
        from_pdf((MADE / "pdf_password.pdf").read_bytes())
    reading = from_pdf((MADE / "pdf_owner_password.pdf").read_bytes())
    assert reading.text == "Note fictive : la place est vide."


def test_forms_of_another_kind_portfolios_and_empty_documents_have_their_own_sentence():
    page = [typed(["Veuillez patienter"])]
    with pytest.raises(FormatError, match="dynamic form"):
        from_pdf(pdf(page, catalog="/NeedsRendering true /AcroForm << /Fields [] /XFA 4 0 R >>",
                     extra=["<< /Length 0 >>\nstream\n\nendstream"]))  # fmt: skip
    names = "/Collection << >> /Names << /EmbeddedFiles << /Names [(a) 4 0 R (b) 4 0 R] >> >>"
    with pytest.raises(FormatError, match="portfolio: it only wraps 2 files"):
        from_pdf(pdf(page, catalog=names, extra=["<< /Type /Filespec /F (a) >>"]))
    with pytest.raises(FormatError, match="damaged or empty"):
        from_pdf(pdf([]))


def test_pages_and_characters_are_limited(monkeypatch):
    data = pdf([typed(["Bonjour."])] * 3)
    monkeypatch.setattr(pdf_file, "PDF_PAGES", 2)
    with pytest.raises(FormatError, match="more than 2 pages"):
        from_pdf(data)
    monkeypatch.setattr(pdf_file, "PDF_PAGES", 3)
    monkeypatch.setattr(pdf_file, "PDF_PAGE_CHARACTERS", 4)
    with pytest.raises(FormatError, match="Page 1 holds more than 4 characters"):
        from_pdf(data)
