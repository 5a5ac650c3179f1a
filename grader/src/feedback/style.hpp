// How feedback pages look: on light and dark screens, and on paper. Every
// colour of text has a contrast of at least 4.5 to 1 on its ground.
#pragma once

#include <string_view>

namespace grader::html {

// No "<" and no "&": the pages are read as XML, too.
inline constexpr std::string_view kStyle = R"(
:root {
  color-scheme: light dark;
  --ground: #ffffff; --raised: #f4f6f8; --line: #d4d9df;
  --text: #1c2126; --quiet: #535c66; --link: #0b5394;
  --good: #17692c; --bad: #a8231b; --warn: #7a5200;
  --bar: #2f6f9f; --track: #dfe5eb;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14181c; --raised: #1d2329; --line: #39424c;
    --text: #e7eaed; --quiet: #a9b2bb; --link: #86bdf0;
    --good: #6fce86; --bad: #ff9b92; --warn: #e7b454;
    --bar: #5fa4d6; --track: #2b333b;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 60rem;
  background: var(--ground); color: var(--text);
  font: 1rem/1.5 system-ui, "DejaVu Sans", sans-serif;
}
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 {
  font-size: 1.3rem; margin: 2.75rem 0 .5rem; padding-top: .75rem;
  border-top: 1px solid var(--line);
}
h3 { font-size: 1.05rem; margin: 1.75rem 0 .5rem; }
h4 { font-size: 1rem; margin: 0 0 .4rem; }
p { margin: .5rem 0; max-width: 46rem; }
a { color: var(--link); }
bdi, dd, pre, code, p, h1, h2, h4, caption, tbody th, .notes {
  overflow-wrap: anywhere;
}
code, pre { font-family: ui-monospace, "DejaVu Sans Mono", monospace; }
code { font-size: .9em; }
pre {
  margin: 0; font-size: .86rem; line-height: 1.45; white-space: pre-wrap;
}
.quiet { color: var(--quiet); }
.good { color: var(--good); }
.bad { color: var(--bad); }
.warn { color: var(--warn); }
.total { font-size: 1.2rem; margin: .75rem 0 1rem; }
.total strong { font-size: 2rem; }
nav ul { list-style: none; padding: 0; margin: 1rem 0 0; }
nav li { display: inline-block; margin-right: 1.25rem; padding: .2rem 0; }
.wide { overflow-x: auto; }
.wide table { min-width: 44rem; }
table { border-collapse: collapse; width: 100%; margin: .75rem 0; }
caption {
  text-align: left; color: var(--quiet); font-size: .9rem; padding: .25rem 0;
}
th, td {
  text-align: left; vertical-align: top; padding: .35rem 1.25rem .35rem 0;
  border-bottom: 1px solid var(--line);
}
thead th { font-size: .9rem; color: var(--quiet); }
tbody th { font-weight: 600; min-width: 8rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
td.number { white-space: nowrap; }
td:last-child, th:last-child { padding-right: 0; }
.test {
  background: var(--raised); border-left: 4px solid var(--bad);
  border-radius: 4px; padding: .75rem 1rem; margin: .75rem 0;
}
dl {
  display: grid; grid-template-columns: 6.5rem minmax(0, 1fr);
  gap: .2rem .75rem; margin: 0;
}
dt { color: var(--quiet); font-size: .9rem; }
dd { margin: 0; font-size: .95rem; }
figure { margin: 1rem 0; max-width: 46rem; }
figcaption { color: var(--quiet); font-size: .9rem; margin-bottom: .5rem; }
svg { display: block; width: 100%; }
svg text { fill: var(--text); font: 13px system-ui, "DejaVu Sans", sans-serif; }
svg .bar { fill: var(--bar); }
svg .track { fill: var(--track); }
svg .axis { stroke: var(--line); stroke-width: 1; }
@media print {
  :root {
    color-scheme: light;
    --ground: #ffffff; --raised: #ffffff; --line: #b0b0b0;
    --text: #000000; --quiet: #404040; --link: #000000;
    --good: #17692c; --bad: #a8231b; --warn: #7a5200;
    --bar: #2f6f9f; --track: #dfe5eb;
  }
  nav { display: none; }
  .wide { overflow: visible; }
  .wide table { min-width: 0; }
  .wide th, .wide td { padding-right: .75rem; }
  .wide th:last-child, .wide td:last-child { padding-right: 0; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  .test, tr, figure { break-inside: avoid; }
  h2, h3, h4, caption, figcaption { break-after: avoid; }
  .test { border: 1px solid var(--line); border-left: 4px solid var(--bad); }
  svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
@media screen and (max-width: 36rem) {
  body { padding: 1rem 1rem 3rem; }
  dl { grid-template-columns: 1fr; }
  th, td { padding-right: .75rem; font-size: .9rem; }
  tbody th { min-width: 7.5rem; }
  td.number { white-space: normal; }
}
)";

}  // namespace grader::html
