/* Small comforts of every page; each page is complete without them. */

/* "/" leads to the search: to its field on this page, or to its page. */
document.addEventListener('keydown', event => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) { return; }
  if (document.activeElement.matches('input, textarea, select, [contenteditable]')) { return; }
  event.preventDefault();
  const field = document.querySelector('input[type="search"]');
  if (field) { field.focus(); field.select(); } else { location.href = '/search/'; }
});

/* The contents are open where they stand in the margin, and mark the section that is being read. */
const contents = document.querySelector('.contents details');
if (contents) {
  const wide = matchMedia('(min-width: 60em)');
  const follow = () => { contents.open = wide.matches; };
  follow();
  wide.addEventListener('change', follow);
  const links = new Map([...contents.querySelectorAll('a')].map(link => [decodeURIComponent(link.hash.slice(1)), link]));
  const headings = [...links.keys()].map(id => document.getElementById(id)).filter(Boolean);
  const mark = () => {
    const above = headings.filter(heading => heading.getBoundingClientRect().top < innerHeight / 3);
    const current = links.get(above.length ? above[above.length - 1].id : '');
    for (const link of links.values()) {
      if (link === current) { link.setAttribute('aria-current', 'true'); } else { link.removeAttribute('aria-current'); }
    }
  };
  const seen = new IntersectionObserver(mark, { rootMargin: '0px 0px -60% 0px' });
  headings.forEach(heading => seen.observe(heading));
}
