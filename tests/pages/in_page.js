// Evaluated inside of a page by check.js. Each check returns what is wrong, in
// words.
'use strict';

// Pages are laid out for phones; they need no script, and their policy would
// allow none.
function head() {
  const problems = [];
  const content = (selector) => document.querySelector(selector)?.content ?? '';
  if (!/\bwidth=device-width\b/.test(content('meta[name="viewport"]'))) {
    problems.push('is laid out for no phone');
  }
  const policy = content('meta[http-equiv="Content-Security-Policy"]');
  if (!policy.startsWith("default-src 'none'")) {
    problems.push('no policy forbids scripts');
  }
  if (document.scripts.length > 0) problems.push('has a script');
  const attributes = [...document.querySelectorAll('*')].flatMap(
    (element) => [...element.attributes]);
  return problems.concat(attributes
    .filter(({ name, value }) =>
      /^on/i.test(name) || /^\s*javascript:/i.test(value))
    .map(({ name, value }) => `has a script in ${name}="${value}"`));
}

// Whether readers can move what reaches beyond the page; not on paper.
function scrolls(element) {
  const parent = element.parentElement;
  return parent !== null && !matchMedia('print').matches &&
    (/auto|scroll/.test(getComputedStyle(parent).overflowX) || scrolls(parent));
}

function isCutOff(element) {
  const { left, right } = element.getBoundingClientRect();
  const inside = left >= -0.5 &&
    right <= document.documentElement.clientWidth + 0.5;
  const hides = element.scrollWidth > element.clientWidth + 1 &&
    /hidden|clip/.test(getComputedStyle(element).overflowX);
  return hides || (!inside && !scrolls(element));
}

function layout() {
  const { scrollWidth, clientWidth } = document.documentElement;
  const problems = scrollWidth > clientWidth
    ? [`${scrollWidth} pixels wide on a page of ${clientWidth}`] : [];
  return problems.concat([...document.body.querySelectorAll('*')]
    .filter((element) => isCutOff(element) && !isCutOff(element.parentElement))
    .map((element) => `cut off: <${element.localName}> ` +
      element.textContent.trim().slice(0, 40)));
}

function meet(a, b) {
  return a.left < b.right - 1 && b.left < a.right - 1 &&
    a.top < b.bottom - 1 && b.top < a.bottom - 1;
}

function isWithin(inner, outer) {
  return inner.left >= outer.left - 1 && inner.right <= outer.right + 1 &&
    inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
}

// The words of a chart can be read. axe-core does not look into images: what it
// says of the page's own colour must be true of these words.
function wordsInChart(text, svg) {
  const problems = [];
  const box = text.getBoundingClientRect();
  const { fill, fontSize } = getComputedStyle(text);
  if (fill !== getComputedStyle(document.body).color) {
    problems.push('in a colour of their own');
  }
  if (parseFloat(fontSize) * text.getScreenCTM().a < 12) {
    problems.push('too small');
  }
  if (!isWithin(box, svg.getBoundingClientRect())) problems.push('cut off');
  const others = [...svg.querySelectorAll('text, rect')].filter(
    (other) => other !== text);
  if (others.some((other) => meet(other.getBoundingClientRect(), box))) {
    problems.push('not alone in their place');
  }
  return problems.map((what) => `words in a chart are ${what}: ` +
    text.textContent);
}

function charts() {
  return [...document.querySelectorAll('svg')].flatMap((svg) => {
    const { width, height } = svg.getBoundingClientRect();
    const size = width < 200 || height < 30
      ? [`a chart of ${width} by ${height} pixels`] : [];
    return size.concat([...svg.querySelectorAll('text')].flatMap(
      (text) => wordsInChart(text, svg)));
  });
}

// Paper is white, whatever the screen is.
function ink() {
  if (!matchMedia('print').matches) return [];
  const clear = /^(rgba\(.*, 0\)|rgb\(255, 255, 255\))$/;
  return [...document.querySelectorAll('html, body, body *')]
    .filter((element) =>
      !clear.test(getComputedStyle(element).backgroundColor))
    .map((element) => `prints a ground behind <${element.localName}>`);
}

globalThis.problemsInPage = () =>
  [head, layout, charts, ink].flatMap((check) => check());
