// Keeps numbers fresh: each element with data-live shows the count of that name. Without this script pages are the same, but older.
"use strict";
async function refresh() {
  const shown = document.querySelectorAll("[data-live]");
  if (!shown.length || document.hidden) return;
  const answer = await fetch("/counts", { redirect: "error" });
  if (!answer.ok) return;
  const counts = await answer.json();
  for (const each of shown) {
    const count = counts[each.dataset.live];
    if (count === undefined) continue;
    const written = String(count);
    const said = /[๐-๙]/.test(each.textContent) ? written.replace(/[0-9]/g, (d) => "๐๑๒๓๔๕๖๗๘๙"[d]) : written;
    if (each.textContent !== said) each.textContent = said;
  }
}
setInterval(() => refresh().catch(() => undefined), 30000);
