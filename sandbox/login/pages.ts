import { escapeHtml, renderDocument } from './document.ts';

/** What the sign-in carries from page to page, in hidden fields. */
export interface SignInRequest {
  redirectUri: string;
  state: string;
}

/** The product's mark, above each page of the sign-in. */
export const mark = '<div class="brand"><span aria-hidden="true">Ct</span>Crosstab AI</div>';

function hidden(request: SignInRequest): string {
  return `<input type="hidden" name="redirect_uri" value="${escapeHtml(request.redirectUri)}"><input type="hidden" name="state" value="${escapeHtml(request.state)}">`;
}

function problem(text: string | undefined): string {
  return text === undefined ? '' : `<p class="wrong" id="problem">${escapeHtml(text)}</p>`;
}

function invalid(text: string | undefined): string {
  return text === undefined ? '' : ' aria-invalid="true" aria-describedby="problem"';
}

/** First page: who are you? */
export function emailPage(request: SignInRequest, email = '', error?: string): string {
  return renderDocument(
    'Sign in · Crosstab AI',
    `<main class="centre">${mark}<div class="panel">
<h1>Sign in</h1><p>Use the e-mail address of your research team.</p>
<form method="post" action="/user_management/authorize/email">${hidden(request)}
<label for="email">Email</label>
<input id="email" name="email" type="email" autocomplete="username" required autofocus value="${escapeHtml(email)}"${invalid(error)}>
${problem(error)}<button type="submit">Continue</button></form>
</div></main>`,
  );
}

/** Second page: prove it. */
export function passwordPage(request: SignInRequest, email: string, error?: string): string {
  const query = new URLSearchParams({ redirect_uri: request.redirectUri, state: request.state });
  return renderDocument(
    'Sign in · Crosstab AI',
    `<main class="centre">${mark}<div class="panel">
<h1>Enter your password</h1>
<div class="who"><p>${escapeHtml(email)}</p><a href="/user_management/authorize?${escapeHtml(query.toString())}">Change</a></div>
<form method="post" action="/user_management/authorize/password">${hidden(request)}
<input type="hidden" name="email" value="${escapeHtml(email)}">
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required autofocus${invalid(error)}>
${problem(error)}<button type="submit">Continue</button></form>
</div></main>`,
  );
}

/** Shown when somebody arrives without the application having sent them. */
export function strayPage(appUrl: string): string {
  return renderDocument(
    'Sign in · Crosstab AI',
    `<main class="centre">${mark}<div class="panel">
<h1>Nothing to sign in to</h1><p>This page was not opened by the application. Start from there.</p>
<div class="actions"><a class="button" href="${escapeHtml(appUrl)}/dashboard">Open Crosstab AI</a></div>
</div></main>`,
  );
}
