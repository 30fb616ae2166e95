/** The product's own origin: pages for whoever is signed in, the API behind them, and the way to the hosted sign-in. */
import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { DoubleOptions } from '../options.ts';
import { clientScript } from '../client/script.ts';
import { answerApi } from './api.ts';
import type { HostedLogin } from './hosted-login.ts';
import { html, json, redirect, Refusal, type Ask, type Handle } from './http.ts';
import type { Limiter } from './limiter.ts';
import { authErrorPage, pageFor } from './pages.ts';
import type { Pipeline } from './pipeline.ts';
import type { Person, State } from './state.ts';
import type { Storage } from './storage.ts';

export interface Services {
  readonly state: State;
  readonly options: DoubleOptions;
  readonly pipeline: Pipeline;
  readonly limiter: Limiter;
  readonly login: HostedLogin;
  readonly storage: Storage;
  /** Where the pages' sockets go. */
  readonly syncUrl: string;
}

const cookieName = 'wos-session';

export function openApp(services: Services): Handle {
  const { state, login, syncUrl } = services;
  return async (ask, response) => {
    const { method, url, cookies } = ask;
    const { pathname } = url;
    if (pathname === '/api/health') {
      const checks = { database: true, environment: true, auth: true };
      json(response, 200, { status: 'ok', timestamp: new Date().toISOString(), version: '1.0.0', checks });
      return;
    }
    if (pathname === '/client.js') {
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(clientScript());
      return;
    }
    if (pathname === '/') {
      html(response, '<!doctype html><title>Crosstab AI</title><h1>Crosstab AI</h1><a href="/dashboard">Log In</a>');
      return;
    }
    if (pathname === '/auth/callback') {
      signIn(ask, response);
      return;
    }
    if (pathname === '/auth/error') {
      html(response, authErrorPage(url.searchParams.get('reason') ?? ''));
      return;
    }
    const person = state.sessions.get(cookies.get(cookieName) ?? '');
    if (pathname === '/auth/sign-out') {
      state.sessions.delete(cookies.get(cookieName) ?? '');
      redirect(response, 307, '/', `${cookieName}=; Path=/; Max-Age=0`);
      return;
    }
    // Pages and API alike.
    if (!person) {
      redirect(response, method === 'GET' ? 307 : 303, login.authorizeUrl(`${url.origin}/auth/callback`, pathname));
      return;
    }
    if (pathname.startsWith('/api/')) {
      await answerApi(services, person, ask, response);
      return;
    }
    servePage(person, ask, response);
  };

  function signIn({ url }: Ask, response: ServerResponse): void {
    const person: Person | undefined = login.redeem(url.searchParams.get('code') ?? '');
    if (!person) {
      redirect(response, 307, '/auth/error?reason=callback-failed');
      return;
    }
    const { returnPathname } = JSON.parse(
      Buffer.from(url.searchParams.get('state') ?? '', 'base64url').toString() || '{}',
    ) as { returnPathname?: string };
    // Sealed: it says nothing to whoever holds it.
    const sealed = `Fe26.2*1*${randomBytes(48).toString('base64url')}*${randomBytes(24).toString('base64url')}`;
    state.sessions.set(sealed, person);
    const cookie = `${cookieName}=${encodeURIComponent(sealed)}; Path=/; HttpOnly; SameSite=Lax; Max-Age=34560000`;
    redirect(response, 307, returnPathname?.startsWith('/') ? returnPathname : '/dashboard', cookie);
  }

  function servePage(person: Person, { method, url, request }: Ask, response: ServerResponse): void {
    const old = /^\/pipelines\/(.+)$/.exec(url.pathname);
    if (old) {
      redirect(response, 308, `/projects/${old[1] ?? ''}`);
      return;
    }
    const page = method === 'GET' ? pageFor(url.pathname, person, state) : undefined;
    if (!page) throw new Refusal(404, 'Not found');
    // Soft navigations ask for what is inside the shell only.
    html(response, request.headers['x-part'] === 'content' ? page.content : page.whole(syncUrl));
  }
}
