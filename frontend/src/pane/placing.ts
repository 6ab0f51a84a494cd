/** Where chips stand in the margin: beside the line they are about, one under the other. */

/**
 * Return the top of each chip, in the order given.
 *
 * Each is at its wish or below the one before; those that would pass the foot are pushed up, as far
 * as the head allows.
 */
export function placed(wishes: readonly number[], height: number, foot: number): number[] {
  const tops: number[] = [];
  for (const wish of wishes) tops.push(Math.max(wish, (tops.at(-1) ?? -Infinity) + height));
  let limit = foot - height;
  for (let i = tops.length - 1; i >= 0 && tops[i]! > limit; i--) {
    tops[i] = limit;
    limit -= height;
  }
  const head = Math.min(0, wishes[0] ?? 0);
  for (let i = 0; i < tops.length && tops[i]! < head + i * height; i++) tops[i] = head + i * height;
  return tops;
}
