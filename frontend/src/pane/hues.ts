/** The hue of a family, as a colour of the style sheet. */
import type { Desk, Pointed } from "../state/desk";

const HUES = 10;

/** Return the colour of what stands on the text; what bears no code is in ink. */
export function hueOf(desk: Desk, of: NonNullable<Pointed>["of"], code: string): string {
  if (of === "memo" || of === "proposal" || of === "episode") return "var(--ink-quiet)";
  const family = desk.codes.peek().get(code)?.family;
  return family === undefined ? "var(--ink-quiet)" : `var(--hue-${family % HUES})`;
}
