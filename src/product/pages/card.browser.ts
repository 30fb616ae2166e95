import { expect, test, type Page } from '@playwright/test';
import { cardShape, ProjectCard } from './card.ts';

const html = `<main><main></main></main><script>
  const list = document.querySelector('main main');
  const add = (name, ...badges) => list.insertAdjacentHTML('beforeend', '<div data-slot="card"><div>Just now</div><div><span>' + name + '</span></div>' + badges.map((badge) => '<span data-slot="badge">' + badge + '</span>').join('') + '</div>');
  const show = (name, ...badges) => { const card = [...document.querySelectorAll('[data-slot=card]')].find((one) => one.querySelector('span').textContent === name); for (const badge of card.querySelectorAll('[data-slot=badge]')) badge.remove(); for (const badge of badges) card.insertAdjacentHTML('beforeend', '<span data-slot="badge">' + badge + '</span>'); };
</script>`;

function cardOf(page: Page, name: string): ProjectCard {
  return new ProjectCard(page.locator(cardShape.card).filter({ has: page.getByText(name, { exact: true }) }), name);
}

test('a card is waited for until it shows what is awaited, and another of a longer name is not it', async ({
  page,
}) => {
  await page.setContent(html);
  await page.evaluate("add('Mine 2', 'Cancelled')");
  const reached = cardOf(page, 'Mine').reaches(['Review Required', 'Cancelled'], 30_000);
  await page.evaluate("add('Mine', '3 tables', 'Processing')");
  await page.evaluate("show('Mine', 'Review Required')");
  expect(await reached).toBe('Review Required');
  const end = cardOf(page, 'Mine').reaches(['Finished'], 30_000);
  await page.evaluate("show('Mine', '3 tables')");
  expect(await end).toBe('Finished');
});

test('a card that is drawn anew, and a page that is loaded anew, are followed', async ({ page }) => {
  await page.route('**/dashboard', (route) => route.fulfill({ contentType: 'text/html', body: html }));
  await page.goto('http://double.test/dashboard');
  await page.evaluate("add('Mine', 'Processing')");
  const reached = cardOf(page, 'Mine').reaches(['Cancelled'], 30_000);
  await page.evaluate('list.replaceChildren()');
  await page.evaluate("add('Mine', 'Processing')");
  await page.reload();
  await page.evaluate("add('Mine', 'Cancelled')");
  expect(await reached).toBe('Cancelled');
});

test('a wait that is over says what the card shows', async ({ page }) => {
  await page.setContent(html);
  await expect(cardOf(page, 'Mine').reaches(['Cancelled'], 100)).rejects.toThrow(
    'The card of "Mine" should reach Cancelled; it shows nothing: it is not there.',
  );
  await page.evaluate("add('Mine', 'Processing')");
  await expect(cardOf(page, 'Mine').reaches(['Cancelled'], 100)).rejects.toThrow('it shows Processing.');
});
