/** What is done to the module once it is built, so that it weighs less: the same words, said once. */
import { parse, type Literal, type MemberExpression, type Node } from "acorn";
import { minify } from "terser";
import type { Plugin } from "vite";

/** A string that is said often is worth a name, from so many signs on. */
const LONG = 3;
/** So is the name of a property: those that come in every loop are short, and left as they are. */
const LONG_PROPERTY = 10;

interface Said {
  start: number;
  end: number;
  /** Whether it is the name of a property, which needs brackets to be another's. */
  key: boolean;
}

/** Return the places of every string and of every long property of a module; imports and exports apart. */
function strings(code: string): Map<string, Said[]> {
  const found = new Map<string, Said[]>();
  const add = (words: string, said: Said): void => void found.set(words, [...(found.get(words) ?? []), said]);
  const walk = (node: unknown, parent: Node | null, field: string): void => {
    if (Array.isArray(node)) for (const one of node) walk(one, parent, field);
    if (node === null || typeof node !== "object" || !("type" in node)) return;
    const one = node as Node & Record<string, unknown>;
    if (one.type.startsWith("Import") || one.type.startsWith("Export") || "directive" in one) return;
    if (one.type === "Literal" && typeof (one as unknown as Literal).value === "string") {
      const key = field === "key" && (parent as unknown as { computed?: boolean }).computed === false;
      add(String((one as unknown as Literal).value), { start: one.start, end: one.end, key });
    }
    if (one.type === "MemberExpression") {
      const { computed, optional, property } = one as unknown as MemberExpression;
      // Brackets take the place of the dot, that of « ?. » stays.
      const start = property.start - (optional ? 0 : 1);
      if (!computed && property.type === "Identifier" && property.name.length >= LONG_PROPERTY) {
        add(property.name, { start, end: property.end, key: true });
      }
    }
    for (const [name, inner] of Object.entries(one)) walk(inner, one, name);
  };
  walk(parse(code, { ecmaVersion: "latest", sourceType: "module" }).body, null, "body");
  return found;
}

/** Return the module with what it says often said once, at its head. */
export function once(code: string): string {
  const named: string[] = [];
  const changes: (Said & { name: string })[] = [];
  let rank = 0;
  const next = (): string => {
    let name: string;
    do name = `$${(rank++).toString(36)}`;
    while (code.includes(name));
    return name;
  };
  for (const [words, places] of strings(code)) {
    const length = JSON.stringify(words).length;
    // A name has two signs once all are mangled.
    const after = places.reduce((sum, { key }) => sum + (key ? 4 : 2), length + 4);
    const before = places.reduce((sum, { start, end }) => sum + end - start, 0);
    if (words.length < LONG || after >= before) continue;
    const name = next();
    named.push(`${name}=${JSON.stringify(words)}`);
    changes.push(...places.map((place) => ({ ...place, name })));
  }
  let made = code;
  for (const { start, end, key, name } of changes.sort((a, b) => b.start - a.start)) {
    const before = !key && /[\w$]/.test(made.charAt(start - 1)) ? " " : "";
    const after = !key && /[\w$]/.test(made.charAt(end)) ? " " : "";
    made = `${made.slice(0, start)}${before}${key ? `[${name}]` : name}${after}${made.slice(end)}`;
  }
  return named.length === 0 ? code : `const ${named.join(",")};${made}`;
}

/** Vite leaves a library half minified. */
export const small: Plugin = {
  name: "small",
  async generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type !== "chunk") continue;
      const made = await minify(file.code, { module: true, ecma: 2020, compress: { passes: 2 } });
      // The names of what is said once are made as short as the others, by how often they come.
      const named = await minify(once(made.code ?? file.code), { module: true, compress: false });
      file.code = named.code ?? file.code;
    }
  },
};
