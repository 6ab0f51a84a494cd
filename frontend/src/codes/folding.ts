/** Letters without their accents and capitals, that remember where they come from. */

export interface Folded {
  letters: string;
  /** For each folded letter, the place of its character in the original; one more for the end. */
  at: readonly number[];
}

const LIGATURES: Readonly<Record<string, string>> = { œ: "oe", æ: "ae", ß: "ss", "’": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " " };

/** Fold a character: `É` → `e`, `Œ` → `oe`; combining marks alone vanish. */
function bare(character: string): string {
  const lower = character.toLowerCase();
  return LIGATURES[lower] ?? lower.normalize("NFD").replace(/\p{M}/gu, "");
}

/** Return the folded letters of a text and where each stands in it, in UTF-16 units. */
export function fold(text: string): Folded {
  let letters = "";
  const at: number[] = [];
  let place = 0;
  for (const character of text) {
    const folded = bare(character);
    for (let unit = 0; unit < folded.length; unit++) at.push(place);
    letters += folded;
    place += character.length;
  }
  at.push(text.length);
  return { letters, at };
}

/** Whether a text holds words, accents and capitals apart. */
export function holds(text: string, words: string): boolean {
  const within = fold(text).letters;
  return terms(words).every((term) => within.includes(term));
}

/** The folded words of a query. */
export function terms(query: string): string[] {
  return fold(query).letters.split(/\s+/).filter((term) => term !== "");
}
