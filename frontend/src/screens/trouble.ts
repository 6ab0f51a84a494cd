/** A call that failed, as it is said to people. */
import type { Desk } from "../state/desk";
import { Refused } from "../transport/transport";
import type { Trouble } from "../wire/acts";
import { _ } from "../words";

/** Await an answer; null, once it is said why, when none comes. */
export async function orSaid<T>(desk: Desk, answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    desk.say({ tone: "wrong", words: troubleOf(error).error });
    return null;
  }
}

export const troubleOf = (error: unknown): Trouble => {
  if (error instanceof Refused) return error.trouble;
  return { error: _("The workbench does not answer: nothing was changed. Try again.") };
};
