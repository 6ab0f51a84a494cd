/** What can wait until the person has seen what she did. */

/** Longest wait, in ms: a page that is hidden paints nothing. */
const PATIENCE = 100;

/** Run something once, after the next frame. */
export function afterPaint(run: () => void): void {
  let done = false;
  const once = (): void => {
    if (done) return;
    done = true;
    run();
  };
  requestAnimationFrame(() => setTimeout(once));
  setTimeout(once, PATIENCE);
}
