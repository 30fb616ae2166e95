/** The style of `report.html`: one neutral scale, light and dark from the same variables, status colours that are safe for the colour-blind. */
const LIGHT =
  '--ground: #ffffff; --ink: #1d2430; --quiet: #566171; --line: #e0e5eb; --band: #f4f6f8; --good: #0b6480; --bad: #a83a14; --doubtful: #745600; --one: #2b7bb0; --two: #d98f1f; --three: #8e63b8; --four: #9aa5b4; --step: #8f9bab; --busy-one: #0d5f58; --busy-two: #43a597; --busy-three: #b4dcd5; --suspect: #f7e1ea;';
const DARK =
  '--ground: #14181f; --ink: #e6e9ee; --quiet: #a3adbb; --line: #2b323d; --band: #1c222b; --good: #5ec4e2; --bad: #f59a77; --doubtful: #e0bb4b; --one: #58a6d6; --two: #e0a84b; --three: #b593d9; --four: #5d6877; --step: #78849a; --busy-one: #a9e5da; --busy-two: #3f9d8f; --busy-three: #20584f; --suspect: #33212e;';

export const STYLE = `
:root { color-scheme: light dark; ${LIGHT} }
@media (prefers-color-scheme: dark) { :root { ${DARK} } }
* { box-sizing: border-box; }
html { scroll-padding-top: 16px; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; overflow-wrap: break-word; }
h1, h2, h3, p, li, dd, dt, summary, .words th, .words td { overflow-wrap: anywhere; }
main { max-width: 960px; margin: 0 auto; padding: 40px 24px 0; }
h1 { margin: 0 0 8px; font-size: 28px; line-height: 1.2; letter-spacing: -0.01em; }
h1 svg { width: 24px; height: 24px; margin-right: 12px; vertical-align: -3px; }
h1 small { display: inline; margin-left: 8px; font-size: 15px; font-weight: 400; letter-spacing: 0; color: var(--ink); }
.PASS { color: var(--good); } .FAIL { color: var(--bad); } .INVALID { color: var(--doubtful); }
.lead { margin: 0; max-width: 80ch; font-weight: 600; }
ul { margin: 8px 0 0; padding-left: 20px; max-width: 88ch; } li { margin: 4px 0; }
header .note { margin: 12px 0 0; }
section { margin-top: 44px; }
h2 { margin: 0 0 8px; font-size: 18px; line-height: 1.35; font-weight: 600; text-wrap: balance; }
h3 { margin: 28px 0 8px; font-size: 15px; font-weight: 600; }
#answers { margin-top: 24px; padding: 20px 24px; background: var(--band); border-radius: 8px; }
dl { display: grid; grid-template-columns: minmax(96px, 160px) minmax(0, 1fr); gap: 6px 20px; margin: 0; }
dt { color: var(--quiet); } dd { margin: 0; font-variant-numeric: tabular-nums; unicode-bidi: isolate; }
.answers { grid-template-columns: 200px minmax(0, 1fr); gap: 10px 20px; } .answers dt { color: var(--ink); font-weight: 600; }
.glossary { grid-template-columns: minmax(120px, 220px) minmax(0, 1fr); gap: 10px 20px; } .glossary dt { color: var(--ink); }
nav { margin-top: 24px; } nav ul { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 0; padding: 0; list-style: none; max-width: none; } nav li { margin: 0; }
nav a { display: inline-block; padding: 2px 0; color: var(--good); }
a { color: inherit; text-decoration: underline; text-decoration-color: var(--four); text-underline-offset: 3px; } a:hover { text-decoration-color: currentColor; }
dt:target, dt:target + dd { background: var(--suspect); }
small { display: block; color: var(--quiet); font-size: 13px; font-weight: 400; }
.note { color: var(--quiet); max-width: 92ch; margin: 0 0 12px; }
ul.note { padding-left: 20px; } dl + .note, details + .note { margin-top: 8px; } .note li { margin: 2px 0; }
figure { margin: 0; } figure svg { display: block; width: 100%; height: auto; } svg text { paint-order: stroke; }
.narrow { display: none; }
figcaption { margin-bottom: 8px; font-weight: 600; font-size: 14px; } figcaption span { display: block; font-weight: 400; }
.grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(270px, 1fr)); gap: 32px 28px; } .grid figure { display: flex; flex-direction: column; justify-content: space-between; } .grid svg { min-width: 0 !important; }
.pair { grid-template-columns: repeat(2, minmax(0, 1fr)); } .pair svg { max-width: 400px; } .alone { display: block; } .alone figure { flex-direction: row; gap: 28px; } .alone figcaption { flex: 1; } .alone svg { flex: 0 1 340px; }
.scroll { overflow-x: auto; margin: 0 -6px; padding: 4px 6px; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 7px 10px; text-align: right; vertical-align: top; white-space: nowrap; border-bottom: 1px solid var(--line); font-weight: 400; unicode-bidi: isolate; }
th:first-child, td:first-child { padding-left: 0; text-align: left; } th:last-child, td:last-child { padding-right: 0; }
tbody th { white-space: normal; min-width: 120px; max-width: 400px; }
thead th { color: var(--quiet); font-size: 13px; }
.words td, .words th { text-align: left; white-space: normal; min-width: 88px; max-width: 420px; } .words tbody th { min-width: 120px; }
.objectives td small { max-width: 240px; margin-left: auto; white-space: normal; text-wrap: balance; }
.objectives tbody th { width: 50%; max-width: 560px; } .objectives td:nth-child(3) { min-width: 240px; }
.trend { display: block; }
.short { color: var(--bad); font-weight: 600; } .met { color: var(--good); }
details { margin-top: 16px; } details > :not(summary) { margin-top: 12px; } summary { cursor: pointer; color: var(--quiet); width: fit-content; }
:focus-visible { outline: 2px solid var(--good); outline-offset: 3px; border-radius: 2px; }
footer { max-width: 960px; margin: 56px auto 0; padding: 0 24px 64px; color: var(--quiet); font-size: 13px; }
@media (max-width: 640px) {
  main { padding: 24px 16px 0; } footer { padding: 0 16px 40px; }
  dl, .answers, .glossary { grid-template-columns: minmax(0, 1fr); gap: 0; } dd { margin-bottom: 12px; }
  #answers { margin-left: -16px; margin-right: -16px; padding: 16px; border-radius: 0; }
  .wide { display: none; } .narrow { display: block; } .grid { grid-template-columns: minmax(0, 1fr); }
  h1 small { display: block; margin: 4px 0 0; } nav a { padding: 6px 0; }
  .narrow svg { min-width: 0 !important; } .alone figure { display: block; }
  .stack, .stack tbody, .stack tr, .stack th, .stack td { display: block; min-width: 0; max-width: none; text-align: left; border: 0; padding: 0; white-space: normal; }
  .stack thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .stack tr { padding: 8px 0; border-bottom: 1px solid var(--line); } .stack tbody th { font-weight: 600; } .stack td:empty { display: none; }
  .stack td::before { content: attr(data-head) " "; color: var(--quiet); font-size: 13px; font-weight: 400; }
  .stack td:nth-child(2):last-child::before { content: ""; }
  .objectives td, .figures td { display: inline-block; margin: 2px 12px 0 0; } .objectives td:last-child::before { content: ""; } .objectives td small { max-width: none; } .objectives tbody th { width: auto; } .objectives td:nth-child(3) { min-width: 0; }
  .percentiles tr { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 2px 6px; font-size: 14px; }
  .percentiles tbody th, .percentiles .few, .percentiles td:last-child { grid-column: 1 / -1; }
  .percentiles td:nth-child(4), .percentiles td:nth-child(6) { display: none; }
  .percentiles td:nth-child(2)::before { content: "p50 "; } .percentiles td:nth-child(3)::before { content: "p75 "; } .percentiles td:nth-child(5)::before { content: "p95 "; } .percentiles td:nth-child(7)::before { content: "max "; }
  .percentiles td:last-child::before { content: "samples "; } .percentiles td.few::before { content: ""; }
}
@media print {
  :root { color-scheme: light; ${LIGHT} }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  @page { size: A4; margin: 14mm; }
  body { font-size: 11px; } main, footer { max-width: none; padding: 0; } section { margin-top: 28px; }
  h1 { font-size: 22px; } h2 { font-size: 14px; } h3 { font-size: 12px; } small, thead th, footer, figcaption { font-size: 10px; }
  nav { display: none; } details:not([open]) { display: none; }
  h2, h3, .note, thead { break-after: avoid; } tr, figure, dt, dd { break-inside: avoid; } dt { break-after: avoid; }
  .scroll { overflow: visible; } th, td { padding: 4px 6px; white-space: normal; } .objectives td { white-space: nowrap; }
  figure svg { min-width: 0 !important; max-height: 196mm; } .note { break-inside: avoid; }
  .grid { display: block; columns: 3; column-gap: 20px; } .grid figure { display: block; margin-bottom: 16px; }
  a { text-decoration: none; }
}
`;
