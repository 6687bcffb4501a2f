import { z } from "zod";

export const layoutShape = z.object({
  /** CSS pixels of the page's own layout: wider than the screen when no viewport is declared. */
  layoutWidth: z.number(),
  /** CSS pixels of what can be scrolled to. */
  contentWidth: z.number(),
  /** Selectors of what reaches furthest out, the first few. */
  wide: z.array(z.string()),
  /** Selectors of elements whose text runs out of a page that cannot be scrolled sideways. */
  cut: z.array(z.string()),
});

/**
 * Measured where the page scrolls as a whole. What scrolls in a box of its own (a wide table, a carousel) is no
 * trouble; where the page hides what is too wide, text that begins on the screen and ends outside is lost.
 */
export const MEASURE_LAYOUT = `(() => {
  const root = document.documentElement, width = root.clientWidth;
  const selector = (element) => {
    if (element.id) return "#" + element.id;
    const classes = [...element.classList].slice(0, 2).map((each) => "." + each).join("");
    const parent = element.parentElement;
    const own = element.localName + classes;
    return (classes || !parent || parent === document.body ? own : selector(parent) + " > " + own).slice(-120);
  };
  const holds = (element) => element !== root && element !== document.body
    && getComputedStyle(element).overflowX !== "visible";
  const isHeld = (element) => {
    for (let at = element; at; at = at.parentElement) if (holds(at)) return true;
    return false;
  };
  const isSeen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const out = [...document.body.querySelectorAll("*")].filter((element) => {
    const { right, width: own } = element.getBoundingClientRect();
    return own > 0 && right + scrollX > width + 1 && isSeen(element) && !(element.parentElement && isHeld(element.parentElement));
  });
  const leaves = out.filter((element) => !out.some((other) => other !== element && element.contains(other)));
  const cut = out.filter((element) => !isHeld(element) && [...element.childNodes].some((node) => {
    if (node.nodeType !== Node.TEXT_NODE || !node.data.trim()) return false;
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].some(({ left, right }) => left >= 0 && left < width && right > width + 1);
  }));
  const overflow = [root, document.body].map((element) => getComputedStyle(element).overflowX)
    .find((each) => each !== "visible");
  const isShut = overflow === "hidden" || overflow === "clip";
  return {
    layoutWidth: width,
    contentWidth: isShut ? width : Math.max(root.scrollWidth, document.scrollingElement?.scrollWidth ?? 0),
    wide: leaves.slice(0, 3).map(selector),
    cut: cut.slice(0, 3).map(selector),
  };
})()`;
