/** A call that failed, as it is said to people. */
import { Refused } from "../transport/transport";
import type { Trouble } from "../wire/acts";
import { _ } from "../words";

export const troubleOf = (error: unknown): Trouble => {
  if (error instanceof Refused) return error.trouble;
  return { error: _("The workbench does not answer: nothing was changed. Try again.") };
};
