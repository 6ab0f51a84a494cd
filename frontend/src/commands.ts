/** Everything that a person can do, by name and by key: the palette, menus and help read this list. */
import type { Desk } from "./state/desk";

export interface Command {
  id: string;
  /** Said in the palette and in the help, through `_()`: called when shown. */
  words: () => string;
  /** Group of the help sheet. */
  group: "coding" | "moving" | "showing" | "working";
  /**
   * Keys, such as "k", "Shift+ArrowRight", "Mod+z" (Ctrl, or Command on macOS), "Digit1" (the physical
   * key: AZERTY included). Single letters are heard only when no field is being written in.
   */
  keys?: readonly string[];
  when?: (desk: Desk) => boolean;
  run: (desk: Desk) => void;
}
