/* Search without a server. All titles and tags are fetched when a reader searches, and searched here; the texts of large
   years follow, the newest first, until there is plenty to show or AUTOMATIC shards are read. Older ones are read when
   the reader asks for them. */
const root = document.getElementById('dropcap-search');
const field = document.getElementById('dropcap-query');
const state = document.getElementById('dropcap-search-state');
const list = document.getElementById('dropcap-results');
const older = document.getElementById('dropcap-older');
const say = root.dataset;

const SHOWN = 50, PLENTY = 20, AUTOMATIC = 16, AT_ONCE = 8, PAUSE = 120, AROUND = 90;
/* Accents and optional vowel points. Vowel signs of Devanagari, Thai and others belong to the word, as voiced kana do. */
const ACCENTS = /(?=\p{M})(?![\u3099\u309A])[\p{Script=Inherited}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}]/gu;
const VOICED = /.[\u3099\u309A]/gu;
const UNSPACED = /[\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3040-\u30FF\u3400-\u9FFF\uF900-\uFAFF]/;
const GAPS = /[^\p{L}\p{N}\p{M}]+/u;
const day = new Intl.DateTimeFormat(document.documentElement.lang || undefined, { dateStyle: 'long', timeZone: 'UTC' });
const segmenter = 'Segmenter' in Intl ? new Intl.Segmenter(undefined, { granularity: 'word' }) : null;

let index, waiting, posts = new Set(), read = 0, all = 0, query = '', wantsAll = false, started;

/* A word without case and accents, and the words of a text; Chinese, Thai and others part theirs by no space. */
const plain = word => word.normalize('NFKD').replace(ACCENTS, '').replace(VOICED, kana => kana.normalize('NFC'))
  .replace(/[‘’‚]/g, "'").replace(/[“”„«»]/g, '"').toLowerCase();
const words = text => segmenter && UNSPACED.test(text)
  ? Array.from(segmenter.segment(text)).filter(part => part.isWordLike).map(part => part.segment)
  : text.split(GAPS);

async function json(url) {
  const answer = await fetch(url);
  if (answer.status === 404) { return []; }  // it has just gone, and so will its name
  if (!answer.ok) { throw new Error(String(answer.status)); }
  return answer.json();
}

async function start() {
  const [library, shards] = await Promise.all([import(say.library), json(say.index)]);
  index = new library.default({
    idField: 'url',
    fields: ['title', 'tags', 'summary', 'words'],
    storeFields: ['title', 'tags', 'summary', 'words', 'date', 'lang'],
    tokenize: words,
    processTerm: word => plain(word) || null,
    searchOptions: {
      boost: { title: 4, tags: 3, summary: 2 },
      prefix: true,
      fuzzy: word => word.length > 5 ? 2 : word.length > 3 ? 1 : false,  // two letters changed places are two edits
      weights: { prefix: 0.6, fuzzy: 0.3 },
      combineWith: 'AND',
    },
  });
  const titled = shards.filter(shard => shard.kind !== 'texts');
  waiting = [...titled, ...shards.filter(shard => shard.kind === 'texts')];
  all = titled.reduce((sum, shard) => sum + shard.count, 0);
}

/* Whether the next shard is wanted: titles always, texts while little is found. */
function isWanted() {
  if (!query || !waiting.length) { return false; }
  return waiting[0].kind !== 'texts' || wantsAll || (read < AUTOMATIC && strong(matches()) < PLENTY);
}

/* The next shards to fetch together: titles or texts, never both, and no more texts than are read by themselves. */
function nextShards() {
  const isText = waiting[0].kind === 'texts';
  const most = isText && !wantsAll ? Math.min(AT_ONCE, AUTOMATIC - read) : AT_ONCE;
  const end = waiting.findIndex((shard, number) => number === most || (shard.kind === 'texts') !== isText);
  return waiting.splice(0, end < 0 ? waiting.length : end);
}

/* Fetch what is wanted, and show what is found on the way. Two never run at once. */
let reading = false;
async function fetchMore() {
  if (reading) { return; }
  reading = true;
  try {
    started = started || start();
    await started;
    show();
    while (isWanted()) {
      const next = nextShards();
      const shards = await Promise.all(next.map(shard => json('/search/' + shard.name + '.json')))
        .catch(failed => { waiting.unshift(...next); throw failed; });
      read += next.filter(shard => shard.kind === 'texts').length;
      for (const [number, shard] of shards.entries()) {
        for (const post of shard.filter(post => index.has(post.url))) { index.discard(post.url); }
        await index.addAllAsync(shard, { chunkSize: 100 });
        if (next[number].kind !== 'titles') { shard.forEach(post => posts.add(post.url)); }
      }
      show();
    }
    show(true);
  } catch (failed) {
    console.error(failed);
    started = index && started;
    state.textContent = say.failed;
  } finally {
    reading = false;
  }
  if (query !== field.value.trim()) { ask(); }
}

/* A title with just the words of the query comes first, whatever its age. */
function matches() {
  if (!index || !query) { return []; }
  const phrase = text => words(text).map(plain).filter(Boolean).join(' ');
  const wanted = phrase(query);
  const results = index.search(query);
  const exact = results.filter(result => phrase(result.title) === wanted);
  return exact.length ? [...exact, ...results.filter(result => !exact.includes(result))] : results;
}

/* How many results have every word as it was typed, or begun: a fuzzy match is not what the reader looked for. */
function strong(results) {
  const typed = words(query).map(plain).filter(Boolean);
  return results.filter(result => typed.every(word => result.terms.some(term => term.startsWith(word)))).length;
}

/* The text cut around the matches, as text and marks: nothing is ever read as HTML. */
function marked(element, text, terms) {
  const places = [];
  let at = 0;
  for (const word of words(text)) {
    const place = word ? text.indexOf(word, at) : -1;
    if (place < 0) { continue; }
    at = place + word.length;
    if (terms.has(plain(word))) { places.push([place, at]); }
  }
  return places.length ? fill(element, text, places) : false;
}

function fill(element, text, places, from = 0, to = text.length) {
  let at = from;
  for (const [start, end] of places.filter(place => place[0] >= from && place[1] <= to)) {
    const mark = document.createElement('mark');
    mark.textContent = text.slice(start, end);
    element.append(text.slice(at, start), mark);
    at = end;
  }
  element.append(text.slice(at, to));
  return true;
}

function excerpt(element, post, terms) {
  const full = [post.summary, post.words].filter(Boolean).join(' … ').replace('… … ', '… ');
  const whole = document.createElement('p');
  if (!marked(whole, full, terms)) { element.textContent = post.summary || full.slice(0, 2 * AROUND); return; }
  const first = whole.firstChild.length || 0;
  const from = first > AROUND ? full.indexOf(' ', first - AROUND) + 1 : 0;
  const end = full.indexOf(' ', first + 2 * AROUND);
  const cut = full.slice(from, end < 0 ? undefined : end);
  if (from) { element.append('… '); }
  marked(element, cut, terms);
  if (end >= 0) { element.append(' …'); }
}

function entry(result) {
  const item = document.createElement('li');
  item.className = 'entry spread';
  const date = document.createElement('p');
  date.className = 'entry-date';
  if (result.date) {
    const time = document.createElement('time');
    time.dateTime = result.date;
    time.textContent = day.format(new Date(result.date + 'T00:00Z'));
    date.append(time);
  }
  const text = document.createElement('article');
  text.className = 'entry-text';
  const heading = document.createElement('h2');
  heading.className = 'entry-title';
  const link = document.createElement('a');
  link.href = result.id;
  const terms = new Set(result.terms);
  if (!marked(link, result.title, terms)) { link.textContent = result.title; }
  heading.append(link);
  const summary = document.createElement('p');
  summary.className = 'entry-summary';
  excerpt(summary, result, terms);
  for (const own of [heading, summary]) {
    own.dir = 'auto';
    if (result.lang) { own.lang = result.lang; }
  }
  text.append(heading, summary);
  if (result.tags) {
    const tags = document.createElement('p');
    tags.className = 'small';
    const names = result.tags.join(' · ');
    if (!marked(tags, names, terms)) { tags.textContent = names; }
    text.append(tags);
  }
  item.append(date, text);
  return item;
}

let last = '';
function show(done = false) {
  const results = matches();
  const busy = !done && !!waiting && waiting.length > 0;
  const shown = results.slice(0, SHOWN);
  const now = query + '\n' + shown.map(result => result.id + result.terms).join('\n');
  if (now !== last) {
    last = now;
    const focused = list.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
    list.replaceChildren(...shown.map(entry));
    const again = focused && [...list.querySelectorAll('a')].find(link => link.getAttribute('href') === focused);
    if (again) { again.focus(); }
  }
  const text = results.length === 1 ? say.one : results.length ? say.some : say.none;
  const summary = text.replace('{n}', results.length).replace('{posts}', posts.size).replace('{all}', all);
  const words = !query ? '' : busy ? (results.length ? summary + ' ' + say.busy : say.busy) : summary;
  if (state.textContent !== words) { state.textContent = words; }
  older.hidden = !(query && done && waiting && waiting.length);
}

function ask() {
  query = field.value.trim();
  wantsAll = false;
  const url = new URL(location.href);
  if (query) { url.searchParams.set('q', query); } else { url.searchParams.delete('q'); }
  history.replaceState(null, '', url);
  if (query) { fetchMore(); } else { show(true); }
}

let timer;
field.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(ask, PAUSE); });
field.form.addEventListener('submit', event => { event.preventDefault(); clearTimeout(timer); ask(); });
older.addEventListener('click', () => { wantsAll = true; older.hidden = true; fetchMore(); });

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) { return; }
  const links = [...list.querySelectorAll('a')];
  const at = links.indexOf(document.activeElement);
  const inField = document.activeElement === field;
  if (event.key === 'ArrowDown' && (inField || at >= 0) && links[at + 1]) {
    links[at + 1].focus();
  } else if (event.key === 'ArrowUp' && at >= 0) {
    (links[at - 1] || field).focus();
  } else if (event.key === 'Escape' && (inField || at >= 0)) {
    if (inField) { field.value = ''; ask(); } else { field.focus(); }
  } else {
    return;
  }
  event.preventDefault();
});

field.value = new URL(location.href).searchParams.get('q') || field.value;
root.hidden = false;
if (field.value) { ask(); }
