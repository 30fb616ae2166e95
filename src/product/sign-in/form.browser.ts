/** The hosted sign-in in the shapes that it has elsewhere: what is asked at once or in turn, and what nobody here can answer. */
import { expect, test as base, type Page } from '@playwright/test';
import { signInByForm } from './form.ts';
import { startOrigin, type Origin } from './testing.ts';

const dashboard = '<h1>Projects</h1><input placeholder="Search projects...">';
const account = { email: 'ada@north.test', password: 'hush hush & more' };

/** By path. */
type Pages = Readonly<Record<string, string>>;

interface Hosted {
  /** A page of a product that is signed out; its sign-in has these pages, and `/in` leads back from it, signed in. */
  visit(pages: Pages): Promise<Page>;
  /** What the sign-in was sent. */
  readonly posted: string[];
}

const test = base.extend<{ hosted: Hosted }>({
  hosted: async ({ browser }, use) => {
    let pages: Pages = {};
    let isIn = false;
    const posted: string[] = [];
    const login: Origin = await startOrigin((path, body) => {
      if (body !== '') posted.push(body);
      if (path !== '/in') return pages[path] ?? '<h1>Not found</h1>';
      isIn = true;
      return { to: `${product.url}/dashboard` };
    });
    const product = await startOrigin(() => (isIn ? dashboard : { to: `${login.url}/?state=abc` }));
    const context = await browser.newContext({ baseURL: product.url });
    // Longer than a test may take: what is waited at for its whole time fails.
    context.setDefaultTimeout(300_000);
    await use({
      posted,
      visit(given) {
        pages = given;
        return context.newPage();
      },
    });
    await context.close();
    await Promise.all([login.close(), product.close()]);
  },
});

test.describe.configure({ timeout: 120_000 });

const form = (action: string, inner: string, button = 'Continue'): string =>
  `<form method="post" action="${action}">${inner}<button>${button}</button></form>`;
const emailInput = '<label>Email<input name="email" type="email" required></label>';
const secretInput =
  '<label>Password<input name="password" type="password" required></label><a href="#">Forgot password?</a>';

test('as AuthKit asks: e-mail, then password, with other ways in beside them', async ({ hosted }) => {
  const others = '<button>Continue with Google</button><a href="/up">Sign up</a><button>Sign in with SSO</button>';
  const page = await hosted.visit({
    '/': `<h1>Sign in</h1>${others}${form('/password', '<label for="e">Email</label><input id="e" name="email" placeholder="Your email address">')}`,
    '/password': `<h1>Welcome back</h1>${form('/in', secretInput, 'Sign in')}<button>Email me a sign-in code</button>`,
  });
  await signInByForm(page, account);
  expect(hosted.posted.map((sent) => Object.fromEntries(new URLSearchParams(sent)))).toEqual([
    { email: account.email },
    { password: account.password },
  ]);
});

test('both at once, under other labels, or without a button of a known name', async ({ hosted }) => {
  const page = await hosted.visit({
    '/': `<button>Sign in</button><h2>Log in to your account</h2><form method="post" action="/in">
      <label>Email address *<input name="email"></label>${secretInput}<input type="submit" value="Los"></form>
      <script>document.querySelector('button').remove()</script>`,
  });
  await signInByForm(page, account);
  expect(Object.fromEntries(new URLSearchParams(hosted.posted[0]))).toEqual(account);
});

test('a page that fetches its next part, and hides the password until then', async ({ hosted }) => {
  const page = await hosted.visit({
    '/': `<h1>Sign in</h1><form method="post" action="/in">${emailInput}<input name="password" type="password" hidden>
      <button type="button" onclick="setTimeout(() => {
        document.querySelector('[type=password]').hidden = false; this.type = 'submit' }, 300)">Continue</button></form>`,
  });
  await signInByForm(page, account);
  expect(hosted.posted).toHaveLength(1);
});

const inTurn = { '/': form('/password', emailInput), '/password': form('/next', secretInput) };
for (const [what, pages, expected] of [
  [
    'a chooser of organizations',
    { ...inTurn, '/next': '<h1>Choose an organization</h1><button>Meridian</button><button>Harbor</button>' },
    /ada@north\.test failed: the sign-in asks which organization to enter, which is not supported: give the run accounts that belong to one organization only\. The page at .* says "Choose an organization Meridian ?Harbor"\./,
  ],
  [
    'a question whether to stay signed in',
    { ...inTurn, '/next': '<h2>Stay signed in?</h2><button>Yes</button>' },
    /asks whether to stay signed in/,
  ],
  [
    'a code that was sent',
    { '/': form('/next', emailInput), '/next': '<h1>Check your email</h1><label>Code<input></label>' },
    /asks for a code or a link that was sent/,
  ],
  [
    'a check for persons',
    { ...inTurn, '/': '<h1>Verify you are human</h1>' },
    /checks whether a person is at work.*AUTH_MODE=token/,
  ],
  [
    'an account to be made',
    { ...inTurn, '/password': `<h1>Create your account</h1>${form('/next', secretInput, 'Continue')}` },
    /offers to create an account, so it does not know this one/,
  ],
  [
    'a wrong password',
    { ...inTurn, '/next': `${form('/next', secretInput)}<p>Incorrect password</p>` },
    /the dashboard did not appear\. Check the account and its password\. .* says ".*Incorrect password.*"/,
  ],
  [
    'an unknown account, told inline',
    { ...inTurn, '/password': form('/next', '<label>Email<input type="email" aria-invalid="true"></label> Who?') },
    /a password was never asked for\. .* says ".*Who\?/,
  ],
] as const) {
  test(`told at once, and never waited at: ${what}`, async ({ hosted }) => {
    const page = await hosted.visit(pages);
    const told = await signInByForm(page, account).then(
      () => 'no error',
      (error: unknown) => String(error),
    );
    expect(told).toMatch(expected);
    expect(told).not.toContain('hush');
    expect(told).not.toContain('state=');
    if (what === 'an account to be made') expect(hosted.posted.join()).not.toContain('hush');
  });
}

test('a product that lets everybody in', async ({ hosted }) => {
  const page = await hosted.visit({ '/': dashboard });
  await expect(signInByForm(page, account)).rejects.toThrow(/shown without a sign-in.*AUTH_MODE=bypass/);
});
