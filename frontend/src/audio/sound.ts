/** The recording of the open note, as it plays: one at a time, from this machine alone. */
import { signal } from "@preact/signals";

import type { OpenNote } from "../state/desk";
import type { Part } from "../wire/note";

export const SPEEDS = [0.75, 1, 1.25, 1.5] as const;
/** Seconds that « back » goes back. */
export const BACK = 3;

/** Where it stands, in seconds; the speed; whether it plays; whether it could be read. */
export const at = signal(0);
export const length = signal(0);
export const speed = signal(1);
export const playing = signal(false);
export const broken = signal(false);
/** Whether the turn that is heard is kept in sight. */
export const following = signal(true);

let sound: HTMLAudioElement | null = null;

/** Make ready the recording at an address, or none. */
export function load(address: string | null): void {
  sound?.pause();
  sound?.removeAttribute("src");
  sound = null;
  at.value = length.value = 0;
  playing.value = broken.value = false;
  if (address === null) return;
  const one = new Audio();
  one.preload = "metadata";
  one.ontimeupdate = () => (at.value = one.currentTime);
  one.ondurationchange = () => (length.value = Number.isFinite(one.duration) ? one.duration : 0);
  one.onplay = () => (playing.value = true);
  one.onpause = one.onended = () => (playing.value = false);
  one.onerror = () => (broken.value = true);
  one.src = address;
  one.defaultPlaybackRate = speed.peek();
  sound = one;
}

/** Play the recording of the open note from a moment, in seconds. */
export function playAt(seconds: number): void {
  if (sound === null) return;
  move(seconds);
  start();
}

export function move(seconds: number): void {
  if (sound === null) return;
  sound.currentTime = Math.max(0, seconds);
  at.value = sound.currentTime;
}

/** Play, or pause. */
export function turn(): void {
  if (sound === null) return;
  if (sound.paused) start();
  else sound.pause();
}

export function hasten(to: number): void {
  speed.value = to;
  if (sound !== null) sound.playbackRate = to;
}

function start(): void {
  if (sound === null) return;
  sound.playbackRate = speed.peek();
  // Refused when the file cannot be read, which `onerror` says.
  sound.play().catch(() => (playing.value = false));
}

/** The parts that are heard at a moment: those that began last, not over yet. */
export function heard(open: OpenNote, moment: number): Part | null {
  let found: Part | null = null;
  for (const part of open.note.parts) {
    if (part.begins === undefined || part.begins > moment) continue;
    if (found === null || part.begins >= found.begins!) found = part;
  }
  return found !== null && found.ends !== undefined && moment >= found.ends ? null : found;
}
