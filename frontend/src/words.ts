/** What people read: English in the code, French from the catalogue of the package. */

let known: Record<string, string | [string, string]> = {};

/** The language in force, for dates and numbers: that of the page around may be another. */
export let tongue = "fr";

/** Take the words of a language, as `hello` gives them. */
export function speak(words: Record<string, string | [string, string]>, language: string): void {
  known = words;
  tongue = language;
}

/** Return a sentence in the language in force. */
export function _(sentence: string): string {
  const found = known[sentence];
  return typeof found === "string" && found !== "" ? found : sentence;
}

/** Return the sentence for a count; in French, zero and one are singular. */
export function ngettext(one: string, several: string, n: number): string {
  const found = known[one];
  if (Array.isArray(found)) return n < 2 ? found[0] : found[1];
  return n === 1 ? one : several;
}

/** A share of one, in hundredths. */
export const share = (part: number): string => part.toLocaleString(tongue, { style: "percent" });

/** Fill named places: `fill(_("{n} words left"), { n })`. */
export function fill(sentence: string, values: Record<string, string | number>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in values ? String(values[name]) : whole,
  );
}
