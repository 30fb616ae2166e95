/** The hosted sign-in, on an origin of its own: authorize, e-mail, password, and back with a code. */
import { randomUUID } from 'node:crypto';
import { escape, formOf, html, listen, redirect, Refusal, type Listening } from './http.ts';
import type { Person } from './state.ts';

interface Attempt {
  readonly redirectUri: string;
  readonly state: string;
  email?: string;
}

export interface HostedLogin extends Listening {
  /** The person to whom a code was given; a code is good once. */
  redeem(code: string): Person | undefined;
  /** Where somebody who is signed out is sent, so as to come back to `returnTo`. */
  authorizeUrl(callback: string, returnTo: string): string;
}

export async function openHostedLogin(people: readonly Person[]): Promise<HostedLogin> {
  const attempts = new Map<string, Attempt>();
  const codes = new Map<string, Person>();
  const known = (email: string | undefined): Person | undefined =>
    people.find((person) => person.email === email?.trim().toLowerCase());

  const listening = await listen(async ({ request, method, url }, response) => {
    if (url.pathname === '/user_management/authorize') {
      const id = randomUUID();
      attempts.set(id, {
        redirectUri: url.searchParams.get('redirect_uri') ?? '',
        state: url.searchParams.get('state') ?? '',
      });
      redirect(response, 302, `/?authorization_session_id=${id}`);
      return;
    }
    const id = url.searchParams.get('authorization_session_id') ?? '';
    const attempt = attempts.get(id);
    if (!attempt) throw new Refusal(404, 'Not found');
    if (method === 'GET') {
      html(response, url.pathname === '/password' ? passwordPage(id, attempt) : emailPage(id));
      return;
    }
    const form = await formOf(request);
    if (url.pathname === '/password') {
      const person = known(attempt.email);
      if (!person || form.get('password') !== person.password) {
        html(response, passwordPage(id, attempt, 'Your email or password is incorrect.'), 401);
        return;
      }
      const code = randomUUID();
      codes.set(code, person);
      attempts.delete(id);
      redirect(
        response,
        303,
        `${attempt.redirectUri}?${new URLSearchParams({ code, state: attempt.state }).toString()}`,
      );
      return;
    }
    const email = form.get('email');
    attempt.email = typeof email === 'string' ? email : '';
    // Like the original it does not say whether it knows the address.
    redirect(response, 303, `/password?authorization_session_id=${id}`);
  });

  return {
    ...listening,
    redeem(code) {
      const person = codes.get(code);
      codes.delete(code);
      return person;
    },
    authorizeUrl(callback, returnTo) {
      const state = Buffer.from(JSON.stringify({ returnPathname: returnTo })).toString('base64url');
      const query = new URLSearchParams({
        client_id: 'client_double',
        provider: 'authkit',
        redirect_uri: callback,
        response_type: 'code',
        screen_hint: 'sign-in',
        state,
      });
      return `${listening.origin}/user_management/authorize?${query.toString()}`;
    },
  };
}

function emailPage(id: string): string {
  return frame(
    'Sign in',
    `<form method="post" enctype="multipart/form-data" action="/?authorization_session_id=${id}">
<label for="email">Email</label>
<input id="email" name="email" type="email" autocomplete="username" required placeholder="Your email address">
<button type="submit">Continue</button></form>`,
  );
}

function passwordPage(id: string, { email = '' }: Attempt, problem = ''): string {
  return frame(
    'Sign in',
    `<p>${escape(email)}</p>
<form method="post" enctype="multipart/form-data" action="/password?authorization_session_id=${id}">
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required${problem === '' ? '' : ' aria-invalid="true" aria-describedby="problem"'}>
${problem === '' ? '' : `<p id="problem">${problem}</p>`}
<button type="submit">Continue</button></form>`,
  );
}

function frame(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<style>body{font:16px system-ui;max-width:22rem;margin:15vh auto}input,button{display:block;width:100%;box-sizing:border-box;font:inherit;padding:.5rem;margin:.5rem 0}</style>
</head><body><h1>${title}</h1>${body}</body></html>`;
}
