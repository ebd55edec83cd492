// Renders references and citations with the reference implementation of CSL (npm "citeproc"), so that the
// results of our own processor can be compared with it. Development only; nothing at run time needs it.
//
//   npm install --prefix <somewhere> citeproc
//   node oracle.js <node_modules folder> <styles folder> <locales folder> <job.json> <out.json>
//
// job: {"styles": ["apa", ...], "items": [CSL-JSON, ...], "clusters": [[{"id": ..., ...}, ...], ...],
//       "language": "en-US"}
// out: {style: {"order": [ids in the order of the bibliography],
//               "entries": {id: html of the entry without its outer div; when the style sets a label in the
//                           margin, only what stands right of it},
//               "labels": {id: html of the label in the margin, such as "1."},   (only where there is one)
//               "clusters": [html of each citation after the last one was added],
//               "error": message}}                                              (only when it failed)
//
// How it is run: every item is registered in the order of the job, then the clusters are added one after
// the other, at the end, as citations in the running text (note number 0), and then the bibliography is
// made. The items stay registered in the order of the job (ASSUME_ALL_ITEMS_REGISTERED), so the numbers
// of a numeric style follow the job and not the order in which the clusters cite. A later update of an
// earlier cluster replaces its text. "language" is the language of a style that has no default-locale.
//
// Left as the reference implementation gives it, so the comparison has to level it, or to name it as a
// difference:
//   - html entities: & < > are written as &#38; &#60; &#62;, no other character is escaped;
//   - italics <i>, bold <b>, raised <sup>, lowered <sub>; small capitals, underline, oblique and "no
//     decoration" are <span style="font-variant:small-caps;">, <span style="text-decoration:underline;">,
//     <em>, <span style="font-style:normal;"> and the like; display="block" and "indent" are
//     <div class="csl-block"> and <div class="csl-indent">, with line breaks between them; in a style with
//     blocks the divs of the margin stay in the entry too and there are no labels;
//   - marks of order or direction (U+200E and the like) and no-break spaces (U+00A0, U+202F) as they come;
//   - superscript digits in an item's text (U+00B2 and the like) become <sup>...</sup>;
//   - its extensions are left on: a "note" field is read for variables, a locator with a label inside it
//     ("chap. 3") is split, dates given as one string are read, particles inside a family name are split off,
//     brackets inside brackets change their kind;
//   - an item that prints nothing is absent from "order" and "entries" in an author-date style (some leave
//     personal communications out); in a numeric style it is "[CSL STYLE ERROR: reference with no printed form.]";
//   - a cluster in which every cite is empty is "[CSL STYLE ERROR: reference with no printed form.]";
//   - no abbreviations are looked up (there is no getAbbreviation), so only the item's own short forms count.
'use strict';

const fs = require('fs');
const path = require('path');

function entryParts(html, keepDivs) {
  let text = html.trim();
  const outer = /^<div class="csl-entry">([\s\S]*)<\/div>$/.exec(text);
  if (outer) text = outer[1].trim();
  if (keepDivs) return { label: null, text };
  let label = null;
  const left = /^<div class="csl-left-margin">([\s\S]*?)<\/div>/.exec(text);
  if (left) {
    label = left[1].trim();
    text = text.slice(left[0].length);
  }
  const right = /<div class="csl-right-inline">([\s\S]*)<\/div>/.exec(text);
  if (right) text = text.slice(0, right.index) + right[1] + text.slice(right.index + right[0].length);
  return { label, text: text.trim() };
}

function renderStyle(CSL, name, stylesFolder, locale, job) {
  const byId = new Map(job.items.map((item) => [String(item.id), item]));
  const sys = {
    retrieveLocale: locale,
    // A copy each time: the engine changes the items it is given.
    retrieveItem: (id) => JSON.parse(JSON.stringify(byId.get(String(id)))),
  };
  const result = { order: [], entries: {}, labels: {}, clusters: [] };
  const xml = fs.readFileSync(path.join(stylesFolder, name + '.csl'), 'utf8');
  const engine = new CSL.Engine(sys, xml, job.language || 'en-US');
  engine.updateItems(job.items.map((item) => String(item.id)));

  const before = [];
  (job.clusters || []).forEach((cites, index) => {
    const citation = {
      citationID: 'c' + index,
      citationItems: JSON.parse(JSON.stringify(cites)),
      properties: { noteIndex: 0 },
    };
    const answer = engine.processCitationCluster(citation, before, [], CSL.ASSUME_ALL_ITEMS_REGISTERED);
    answer[1].forEach(([place, text]) => { result.clusters[place] = text; });
    before.push(['c' + index, 0]);
  });

  const bibliography = engine.makeBibliography();
  if (bibliography) {
    // Items that print nothing are named in entry_ids but have no text, so they are left out first.
    const silent = new Set(bibliography[0].bibliography_errors.map((error) => String(error.itemID)));
    let ids = bibliography[0].entry_ids.map((group) => String(group[0]));
    if (ids.length !== bibliography[1].length) ids = ids.filter((id) => !silent.has(id));
    if (ids.length !== bibliography[1].length) throw new Error('entries and ids do not match');
    const blocks = bibliography[1].some((html) => html.includes('<div class="csl-block">'));
    ids.forEach((id, index) => {
      const { label, text } = entryParts(bibliography[1][index], blocks);
      result.order.push(id);
      result.entries[id] = text;
      if (label !== null) result.labels[id] = label;
    });
  }
  return result;
}

function main(argv) {
  if (argv.length !== 5) {
    console.error('usage: node oracle.js <node_modules> <styles> <locales> <job.json> <out.json>');
    return 2;
  }
  const [modules, styles, locales, jobFile, outFile] = argv;
  // Loaded anew for each style: the module keeps some state of its own, and one style must not mark the next.
  const freshCSL = () => {
    const file = require.resolve(path.resolve(modules, 'citeproc'));
    delete require.cache[file];
    return require(file);
  };
  const job = JSON.parse(fs.readFileSync(jobFile, 'utf8'));
  const cache = {};
  const locale = (language) => {
    if (!(language in cache)) {
      const file = path.join(locales, 'locales-' + language + '.xml');
      const fallback = path.join(locales, 'locales-en-US.xml');
      cache[language] = fs.readFileSync(fs.existsSync(file) ? file : fallback, 'utf8');
    }
    return cache[language];
  };
  const out = {};
  for (const name of job.styles) {
    try {
      out[name] = renderStyle(freshCSL(), name, styles, locale, job);
    } catch (error) {
      const message = String((error && error.message) || error);
      out[name] = { order: [], entries: {}, labels: {}, clusters: [], error: message };
    }
  }
  fs.writeFileSync(outFile, JSON.stringify(out));
  return 0;
}

process.exitCode = main(process.argv.slice(2));
