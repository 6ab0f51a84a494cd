/** Files through the door of the page: handed over by the person, one at a time. */
import type { Trouble } from "../../wire/acts";
import { _ } from "../../words";

const KEY = "X-Cpit-Key";
const at = (path: string): string => new URL(path, document.baseURI).href;

/** Ask the page's own key, which every request that brings something must bear. */
async function key(): Promise<string> {
  const headers = { "Content-Type": "application/json", [KEY]: "ask" };
  const answer = await fetch(at("api/hello"), { method: "POST", headers, body: "{}", redirect: "error" });
  return answer.headers.get(KEY) ?? "";
}

/** Send a file to the desk, and return the id that it gives it. */
export async function hand(file: File): Promise<string> {
  const named = encodeURIComponent(file.name.slice(0, 100));
  const headers = { "Content-Type": "application/octet-stream", "X-Cpit-Name": named, [KEY]: await key() };
  const answer = await fetch(at("upload"), { method: "POST", headers, body: file, redirect: "error" });
  const told = (await answer.json().catch(() => ({ error: answer.statusText }))) as { file: string } | Trouble;
  if ("file" in told) return told.file;
  throw Object.assign(new Error(told.error), { trouble: { ...told, error: told.error || _("This file was refused.") } });
}

/** Where a file that the desk wrote is downloaded. */
export function downloaded(file: string): string {
  return at(`download/${encodeURIComponent(file)}`);
}
