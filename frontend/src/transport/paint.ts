/** What can wait until the person has seen what she did. */

/** Longest wait, in ms: a page that is hidden paints nothing. */
const PATIENCE = 100;

/** Wait for the next frame to be painted. */
export const painted = (): Promise<void> =>
  new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, PATIENCE);
  });
