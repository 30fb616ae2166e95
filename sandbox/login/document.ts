/** The look of the pages that the server writes itself: sign-in, its errors, and the public pages. No script in any; colours as in web/styles. */

const style = `
:root { color-scheme: light dark; --ground: light-dark(#f6f7f9, #101216); --paper: light-dark(#ffffff, #181b21); --ink: light-dark(#171b22, #e9ecf1); --soft: light-dark(#4d5663, #aab3c0); --line: light-dark(#c9cfd8, #414955); --accent: light-dark(#2b4fc7, #8aa6ff); --on-accent: light-dark(#ffffff, #10162b); --wrong: light-dark(#b23a12, #ff9069); }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; display: flex; flex-direction: column; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.brand { display: inline-flex; align-items: center; gap: 8px; font-weight: 600; color: var(--ink); text-decoration: none; }
.brand span { background: var(--accent); color: var(--on-accent); border-radius: 8px; width: 32px; height: 32px; display: grid; place-items: center; font-size: 14px; }
.centre { flex: 1; display: grid; place-content: center; justify-items: center; gap: 24px; padding: 24px; }
.panel { width: min(400px, calc(100vw - 32px)); background: var(--paper); border: 1px solid var(--line); border-radius: 12px; padding: 32px; }
h1 { text-wrap: balance; font-size: 24px; line-height: 1.25; letter-spacing: -0.01em; margin: 0 0 4px; }
p { margin: 0; color: var(--soft); }
form { margin: 24px 0 0; display: grid; gap: 8px; }
label { font-size: 14px; font-weight: 500; }
input { font: inherit; width: 100%; height: 44px; padding: 0 12px; border: 1px solid var(--line); border-radius: 8px; background: var(--ground); color: var(--ink); }
input[aria-invalid=true] { border-color: var(--wrong); }
.wrong { color: var(--wrong); font-size: 14px; }
button, .button { font: inherit; font-weight: 600; height: 44px; padding: 0 20px; border: 0; border-radius: 8px; background: var(--accent); color: var(--on-accent); cursor: pointer; text-decoration: none; display: inline-flex; align-items: center; justify-content: center; }
form button { margin-top: 8px; }
.who { display: flex; justify-content: space-between; gap: 16px; font-size: 14px; margin-top: 4px; }
.who p { overflow: hidden; text-overflow: ellipsis; }
dl { margin: 16px 0 0; display: grid; gap: 4px; font-size: 14px; }
dl div { display: grid; grid-template-columns: 104px 1fr; gap: 12px; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
.actions { display: flex; gap: 16px; align-items: center; margin-top: 24px; flex-wrap: wrap; }
.actions form { margin: 0; }
.actions form button { margin: 0; }
.foot { font-size: 14px; color: var(--soft); }
.top { display: flex; justify-content: space-between; align-items: center; gap: 16px; padding: 16px 32px; }
.hero { flex: 1; max-width: 720px; margin: 0 auto; padding: 96px 32px; }
.hero h1 { font-size: 40px; letter-spacing: -0.02em; }
.hero p { font-size: 18px; margin: 16px 0 32px; }
.text { flex: 1; max-width: 640px; margin: 0 auto; padding: 48px 32px; }
.text p { margin-top: 16px; }
footer { padding: 24px 32px; font-size: 14px; color: var(--soft); }
`;

/** Text made safe for element content and quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

export const brand = '<a class="brand" href="/"><span aria-hidden="true">Ct</span>Crosstab AI</a>';

/** A whole document; `body` is trusted markup. */
export function renderDocument(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
}
