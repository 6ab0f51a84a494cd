/** UUIDs of version 7: their order is that of the acts of one person. */
import type { Id } from "../wire/note";

let last = 0;
let rank = 0;

/** Return a UUIDv7 greater than those returned before it, the clock set back or not. */
export function fresh(now: number = Date.now()): Id {
  if (now > last) {
    last = now;
    rank = crypto.getRandomValues(new Uint16Array(1))[0]! & 0x7ff;
  } else if (++rank > 0xfff) {
    last += 1;
    rank = 0;
  }
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  new DataView(bytes.buffer).setUint16(6, 0x7000 | rank);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  for (let byte = 0; byte < 6; byte++) bytes[byte] = Math.floor(last / 2 ** (8 * (5 - byte))) & 0xff;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
