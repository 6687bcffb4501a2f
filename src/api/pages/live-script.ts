/**
 * Keeps a page current: its main part is fetched anew and put in place, with what was opened on it still open; not while something
 * is typed into it. Asks
 * only while somebody looks. Without it, or without scripts, the page is loaded anew.
 */
export const LIVE_SCRIPT = `
const EVERY_MS = 10000;
async function refresh() {
  if (document.hidden || document.activeElement?.tagName === "INPUT") return;
  if ([...document.querySelectorAll("main input")].some((each) => each.value !== each.defaultValue)) return;
  const answer = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => undefined);
  if (!answer?.ok) return;
  const next = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const each of document.querySelectorAll("details[id]")) {
    const same = next.getElementById(each.id);
    if (same && each.dataset.touched) same.open = each.open, same.dataset.touched = "1";
  }
  const [old, main] = [document.querySelector("main"), next.querySelector("main")];
  if (old && main) old.replaceWith(document.adoptNode(main));
  document.title = next.title;
}
document.addEventListener("click", (event) => {
  const summary = event.target.closest?.("summary");
  if (summary) summary.parentElement.dataset.touched = "1";
});
setInterval(refresh, EVERY_MS);
document.addEventListener("visibilitychange", refresh);
`;
