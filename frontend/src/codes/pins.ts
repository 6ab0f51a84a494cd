/** The nine codes under the digits: kept per study on this machine, in the order that the coder gave them. */

export const PLACES = 9;

/** Pin a code, or unpin it; when nine are pinned, a tenth takes the place of the last. */
export function toggled(pins: readonly string[], code: string): string[] {
  if (pins.includes(code)) return pins.filter((one) => one !== code);
  return [...pins.slice(0, PLACES - 1), code];
}

/** Move a pinned code to a place, from 0. */
export function moved(pins: readonly string[], code: string, place: number): string[] {
  if (!pins.includes(code)) return [...pins];
  const others = pins.filter((one) => one !== code);
  others.splice(Math.max(0, Math.min(place, others.length)), 0, code);
  return others;
}

/** The latest codes first, each once. */
export function remembered(recent: readonly string[], put: readonly string[], most = 12): string[] {
  return [...new Set([...put, ...recent])].slice(0, most);
}
