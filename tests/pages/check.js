// Opens feedback pages in a real browser and lists what a reader would stumble
// over: on a desktop and on phones, light and dark, and on paper.
//
//   node check.js BROWSER FOLDER [PICTURES]
'use strict';

const fs = require('fs');
const path = require('path');
const url = require('url');
const axe = require('axe-core');
const { chromium } = require('playwright-core');

const IN_PAGE = fs.readFileSync(path.join(__dirname, 'in_page.js'), 'utf8');
// Paper is A4 with margins of 2 cm; whoever prints may have a dark desktop.
const MARGIN = '2cm';
const PAPER = { width: 642, height: 971 };
// 320 pixels: WCAG 1.4.10.
const VIEWS = [
  { name: 'desktop', width: 1280, media: 'screen', colorScheme: 'light' },
  { name: 'desktop dark', width: 1280, media: 'screen', colorScheme: 'dark' },
  { name: 'phone', width: 360, media: 'screen', colorScheme: 'light' },
  { name: 'phone dark', width: 360, media: 'screen', colorScheme: 'dark' },
  { name: 'narrow', width: 320, media: 'screen', colorScheme: 'light' },
  { name: 'print', width: PAPER.width, media: 'print', colorScheme: 'dark' },
];
// ctest has one for all of it: a busy machine is no problem of a page.
const NO_TIMEOUT = 0;
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',
  'best-practice'];

function pagesIn(folder) {
  return fs.readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const name = path.join(folder, entry.name);
      return entry.isDirectory() ? pagesIn(name) : [name];
    })
    .filter((name) => name.endsWith('.html'))
    .sort();
}

// A page is one file: it asks for nothing else, and nothing complains.
function listen(tab, found) {
  tab.on('console', (message) => found(`console: ${message.text()}`));
  tab.on('pageerror', (error) => found(`script: ${error.message}`));
  tab.on('request', (request) => {
    const isPage =
      request.isNavigationRequest() && request.frame() === tab.mainFrame();
    if (!isPage) found(`asks for ${request.url()}`);
  });
}

async function accessibility(page) {
  const { violations } = await page.evaluate(
    (tags) => axe.run(document, { runOnly: tags, resultTypes: ['violations'] }),
    RULES);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ failureSummary, html }) =>
      `${id}: ${failureSummary} ${html}`.replace(/\s+/g, ' ')));
}

// Only what assistive technology would find: an image with a name.
async function namedCharts(page) {
  const charts = page.locator('svg');
  const named = charts.and(page.getByRole('img', { name: /\S/ }));
  const missing = await charts.count() - await named.count();
  return missing === 0 ? [] : [`${missing} charts have no name`];
}

async function paper(page) {
  const height = await page.evaluate(() => document.body.scrollHeight);
  const pdf = await page.pdf({
    format: 'A4',
    margin: { top: MARGIN, right: MARGIN, bottom: MARGIN, left: MARGIN },
  });
  const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
  // Margins vanish where a sheet begins, and rows and boxes that are kept
  // together leave room at its foot.
  const sheets = height / PAPER.height;
  return pages >= 0.8 * sheets && pages <= 1.5 * sheets + 1
    ? [] : [`${pages} sheets of paper for ${sheets.toFixed(1)} of text`];
}

async function look(page, view) {
  await page.setViewportSize({ width: view.width, height: 900 });
  await page.emulateMedia(view);
  return [
    ...await page.evaluate(() => problemsInPage()),
    ...await namedCharts(page),
    ...await accessibility(page),
    ...(view.media === 'print' ? await paper(page) : []),
  ];
}

async function photograph(page, folder, name) {
  const file = `${name}.png`.replace(/[/ ]/g, '-');
  await page.screenshot({ path: path.join(folder, file), fullPage: true });
}

async function check(page, file, name, pictures) {
  const problems = [];
  const address = url.pathToFileURL(file).href;
  await page.goto(address);
  await page.evaluate(axe.source);
  await page.evaluate(IN_PAGE);
  for (const view of VIEWS) {
    const found = await look(page, view);
    problems.push(...found.map((what) => `, ${view.name}: ${what}`));
    if (pictures) await photograph(page, pictures, `${name} ${view.name}`);
  }
  if (page.url() !== address) problems.push(`: leads to ${page.url()}`);
  return problems.map((what) => name + what);
}

// Files wait in one queue; each tab takes the next one. Two tabs, as machines
// have two cores at least: to open one more costs as much as to check a page.
async function checkAll(browser, folder, files, pictures) {
  const problems = [];
  const waiting = [...files];
  const work = async () => {
    const tab = await browser.newPage({ offline: true });
    tab.setDefaultTimeout(NO_TIMEOUT);
    let name;
    listen(tab, (what) => problems.push(`${name}: ${what}`));
    for (let file; (file = waiting.shift());) {
      name = path.relative(folder, file);
      problems.push(...await check(tab, file, name, pictures));
    }
  };
  await Promise.all([work(), work()]);
  return problems.sort();
}

async function main(executablePath, folder, pictures) {
  const files = pagesIn(folder);
  if (files.length === 0) {
    console.error(`There are no pages in ${folder}.`);
    return 2;
  }
  if (pictures) fs.mkdirSync(pictures, { recursive: true });
  const browser = await chromium.launch({
    executablePath,
    timeout: NO_TIMEOUT,
    args: ['--disable-gpu', '--disable-quic'],
  });
  const problems = await checkAll(browser, folder, files, pictures);
  await browser.close();
  problems.forEach((problem) => console.log(problem));
  console.log(`${files.length} pages in ${VIEWS.length} views: ` +
    `${problems.length} problems`);
  return problems.length === 0 ? 0 : 1;
}

main(...process.argv.slice(2)).then((code) => { process.exitCode = code; });
