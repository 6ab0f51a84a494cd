/** Ranges shown without touching the page, by the browser's own highlights where it has them. */

export type Highlighted = "selected" | "sentence" | "word" | "hit" | "flash";

const registry = (): HighlightRegistry | null =>
  typeof CSS !== "undefined" && "highlights" in CSS ? CSS.highlights : null;

/** Highlights of one pane: several panes of a page share the names, never the ranges. */
export class Highlights {
  readonly #ranges = new Map<Highlighted, readonly Range[]>();

  show(name: Highlighted, ranges: readonly (Range | null)[]): void {
    const shared = this.#shared(name);
    if (shared === null) return;
    for (const range of this.#ranges.get(name) ?? []) shared.delete(range);
    const shown = ranges.filter((range) => range !== null);
    for (const range of shown) shared.add(range);
    this.#ranges.set(name, shown);
  }

  clear(): void {
    for (const name of this.#ranges.keys()) this.show(name, []);
  }

  #shared(name: Highlighted): Highlight | null {
    const all = registry();
    if (all === null) return null;
    const full = `cpit-${name}`;
    const known = all.get(full);
    if (known !== undefined) return known;
    const made = new Highlight();
    all.set(full, made);
    return made;
  }
}
