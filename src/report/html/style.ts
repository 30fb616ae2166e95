/** The style of `report.html`: one neutral scale, light and dark from the same variables, status colours that are safe for the colour-blind. */
export const STYLE = `
:root { color-scheme: light dark; --ground: #ffffff; --ink: #1d2430; --quiet: #5d6877; --line: #e3e7ec; --band: #f6f7f9; --good: #0b6e8a; --bad: #b3401a; --doubtful: #7a5b00; --one: #2b7bb0; --two: #d98f1f; --three: #8e63b8; --four: #9aa5b4; --step: #c3cad4; --suspect: #fdeccc; }
@media (prefers-color-scheme: dark) { :root { --ground: #14181f; --ink: #e6e9ee; --quiet: #9aa5b4; --line: #2b323d; --band: #1b212a; --good: #58bfdc; --bad: #f2906b; --doubtful: #e0bb4b; --one: #58a6d6; --two: #e0a84b; --three: #b593d9; --four: #5d6877; --step: #4d5866; --suspect: #463a1c; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 960px; margin: 0 auto; padding: 48px 24px 80px; }
h1 { margin: 0 0 8px; font-size: 28px; line-height: 1.2; letter-spacing: -0.01em; }
h1 svg { width: 24px; height: 24px; margin-right: 12px; vertical-align: -3px; }
.PASS { color: var(--good); } .FAIL { color: var(--bad); } .INVALID { color: var(--doubtful); }
.lead { margin: 0; max-width: 72ch; }
ul { margin: 8px 0 0; padding-left: 20px; max-width: 88ch; } li { margin: 4px 0; }
h2 { margin: 48px 0 12px; font-size: 15px; font-weight: 600; }
dl { display: grid; grid-template-columns: 96px 1fr; gap: 8px 16px; margin: 40px 0 0; }
dt { color: var(--quiet); } dd { margin: 0; font-variant-numeric: tabular-nums; }
.answers { grid-template-columns: 160px 1fr; margin-top: 24px; } .glossary { grid-template-columns: minmax(120px, 240px) 1fr; }
.note { color: var(--quiet); max-width: 88ch; margin: 0 0 12px; }
figure { margin: 0; } figure svg { display: block; width: 100%; height: auto; } figcaption { color: var(--quiet); font-size: 13px; margin-top: 4px; }
.grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(280px, 1fr)); gap: 28px 24px; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 8px 12px; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--line); font-weight: 400; }
th:first-child, td:first-child { padding-left: 0; text-align: left; } th:last-child, td:last-child { padding-right: 0; }
thead th { color: var(--quiet); font-size: 13px; }
.words td, .words th { text-align: left; } .words td:last-child { white-space: normal; min-width: 16em; }
.short { color: var(--bad); } .met { color: var(--good); }
details { margin-top: 24px; } summary { cursor: pointer; color: var(--quiet); } :focus-visible { outline: 2px solid var(--good); outline-offset: 4px; }
footer { margin-top: 64px; color: var(--quiet); font-size: 13px; }
@media (max-width: 600px) { main { padding: 24px 16px 48px; } dl, .answers, .glossary { grid-template-columns: 1fr; gap: 0 16px; } dd { margin-bottom: 12px; } th, td { padding: 8px 6px; } th:first-child, td:first-child { white-space: normal; } }
@media print { :root { color-scheme: light; } main { max-width: none; padding: 0; } details > * { display: block; } section { break-inside: avoid-page; } }
`;
