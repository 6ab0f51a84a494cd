/** What people read: English in the code, French from the catalogue of the package. */
import { signal } from "@preact/signals";

type Words = Record<string, string | [string, string]>;

/** A signal: whatever says words says them again in another language, and stays what it is. */
const spoken = signal<{ words: Words; language: string }>({ words: {}, language: "fr" });

/** Return the language in force, for dates and numbers: that of the page around may be another. */
export const tongue = (): string => spoken.value.language;

/** Take the words of a language, as `hello` gives them. */
export function speak(words: Words, language: string): void {
  spoken.value = { words, language };
}

/** Return a sentence in the language in force. */
export function _(sentence: string): string {
  const found = spoken.value.words[sentence];
  return typeof found === "string" && found !== "" ? found : sentence;
}

/** Return the sentence for a count; in French, zero and one are singular. */
export function ngettext(one: string, several: string, n: number): string {
  const found = spoken.value.words[one];
  if (Array.isArray(found)) return n < 2 ? found[0] : found[1];
  return n === 1 ? one : several;
}

/** A share of one, in hundredths. */
export const share = (part: number): string => part.toLocaleString(tongue(), { style: "percent" });

/** Fill named places: `fill(_("{n} words left"), { n })`. */
export function fill(sentence: string, values: Record<string, string | number>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in values ? String(values[name]) : whole,
  );
}
