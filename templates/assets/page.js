/* Small comforts of every page; each page is complete without them. */

/* The id to which a link leads on this page; a percent sign in it may stand for itself. */
const idOf = link => {
  const fragment = link.hash.slice(1);
  try { return decodeURIComponent(fragment); } catch { return fragment; }
};

/* The contents are open where they stand in the margin, and mark the section that is being read. */
const contents = document.querySelector('.contents details');
if (contents) {
  const wide = matchMedia('(min-width: 60em)');
  const follow = () => { contents.open = wide.matches; };
  follow();
  contents.dataset.ready = '';
  wide.addEventListener('change', follow);
  const links = new Map([...contents.querySelectorAll('a')].map(link => [idOf(link), link]));
  const headings = [...links.keys()].map(id => document.getElementById(id)).filter(Boolean);
  const mark = () => {
    const above = headings.filter(heading => heading.getBoundingClientRect().top < innerHeight / 3);
    const current = links.get(above.length ? above[above.length - 1].id : '');
    for (const link of links.values()) {
      if (link === current) { link.setAttribute('aria-current', 'true'); } else { link.removeAttribute('aria-current'); }
    }
  };
  const observer = new IntersectionObserver(mark, { rootMargin: '0px 0px -60% 0px' });
  headings.forEach(heading => observer.observe(heading));
}

/* A button copies a block of code, and a heading has a link to itself. */
const { copy, copied } = document.getElementById('dropcap-main').dataset;
if (navigator.clipboard) {
  for (const block of document.querySelectorAll('.prose pre')) {
    const box = document.createElement('div');
    const button = document.createElement('button');
    box.className = 'copyable';
    button.type = 'button';
    button.className = 'copy';
    button.textContent = copy;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(block.textContent);
      button.textContent = copied;
      setTimeout(() => { button.textContent = copy; }, 2000);
    });
    block.replaceWith(box);
    box.append(block, button);
  }
}
for (const heading of document.querySelectorAll('.prose :is(h2, h3, h4)[id]')) {
  const link = document.createElement('a');
  link.className = 'heading-link';
  link.href = '#' + encodeURIComponent(heading.id);
  link.setAttribute('aria-hidden', 'true');
  link.tabIndex = -1;
  link.textContent = '#';
  heading.append(' ', link);
}

/* On a wide screen each footnote stands beside its mark too. Screen readers have the list at the end of the text. */
const prose = document.querySelector('.article div.prose');
const marks = prose ? [...prose.querySelectorAll('.footnote-ref[role]')] : [];
const notes = new Map();
for (const mark of marks) {
  const note = document.getElementById(idOf(mark));
  if (!note || notes.has(note) || mark.closest('table, .footnote, details')) { continue; }
  const beside = document.createElement('aside');
  beside.className = 'side-note';
  beside.setAttribute('aria-hidden', 'true');
  beside.append(...[...note.cloneNode(true).childNodes]);
  beside.querySelectorAll('.footnote-backref').forEach(link => link.remove());
  beside.querySelectorAll('[id]').forEach(element => element.removeAttribute('id'));
  beside.querySelectorAll('a, [tabindex]').forEach(element => { element.tabIndex = -1; });
  const number = document.createElement('span');
  number.className = 'side-note-number';
  number.textContent = mark.textContent + ' ';
  (beside.querySelector('p') || beside).prepend(number);
  prose.append(beside);
  notes.set(note, { mark, beside });
}
if (notes.size) {
  const arrange = () => {
    let free = 0;
    const from = prose.getBoundingClientRect().top;
    for (const { mark, beside } of notes.values()) {
      const top = Math.max(free, mark.getBoundingClientRect().top - from);
      beside.style.top = `${top}px`;
      free = top + beside.offsetHeight + 12;
    }
  };
  new ResizeObserver(arrange).observe(prose);
  document.fonts.ready.then(arrange);
}
