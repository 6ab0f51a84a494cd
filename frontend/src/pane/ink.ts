/** How bars are drawn under words: layers of background, one a lane, never blended. */
import type { Pattern } from "./spans";

export interface Bar {
  lane: number;
  /** A CSS colour. */
  hue: string;
  pattern: Pattern;
}

/** Lanes drawn; beyond them a run says how many more there are. */
export const DRAWN = 5;
const THICK = 2;
const PITCH = 3;
/** Room under the letters for every lane: the bottom padding of a run. */
export const ROOM = PITCH * DRAWN;

const LAYERS: Record<Pattern, (hue: string) => { image: string; wide: string }> = {
  solid: (hue) => ({ image: `linear-gradient(${hue}, ${hue})`, wide: "100%" }),
  thin: (hue) => ({ image: `linear-gradient(90deg, ${hue} 0 1px, transparent 1px)`, wide: "4px" }),
  dotted: (hue) => ({ image: `linear-gradient(90deg, ${hue} 0 2px, transparent 2px)`, wide: "4px" }),
  dashed: (hue) => ({ image: `linear-gradient(90deg, ${hue} 0 7px, transparent 7px)`, wide: "11px" }),
};

/** Under the bars, as high as a line, so that those of two lines touch and never overlap. */
const WASH = "linear-gradient(var(--wash, transparent), var(--wash, transparent))";

/** Draw the bars of one run. */
export function draw(run: HTMLElement, bars: readonly Bar[]): void {
  const drawn = bars.filter((bar) => bar.lane < DRAWN);
  const layers = drawn.map((bar) => LAYERS[bar.pattern](bar.hue));
  run.style.backgroundImage = [...layers.map((layer) => layer.image), WASH].join(",");
  const sizes = layers.map((layer, i) => `${layer.wide} ${drawn[i]!.pattern === "thin" ? 1 : THICK}px`);
  run.style.backgroundSize = [...sizes, "100% 1lh"].join(",");
  const places = drawn.map((bar) => `left bottom ${ROOM - THICK - PITCH * bar.lane}px`);
  run.style.backgroundPosition = [...places, "left bottom 4px"].join(",");
  const more = bars.length - drawn.length;
  if (more > 0) run.dataset["more"] = `+${more}`;
}
