/** What a key is about when no words are selected: the sentence where the keyboard is seen to be. */
import type { Desk } from "../state/desk";
import { paneOf } from "./panes";

/** Select the sentence that is lit, when nothing else is meant; return the desk. */
export function takeSentence(desk: Desk): Desk {
  const pane = paneOf(desk);
  const free = desk.selection.peek() === null && desk.pointed.peek() === null;
  if (pane?.cursor.visible && free) pane.cursor.selectSentence();
  return desk;
}
