// Brings the page up to date while somebody looks at it, without moving the focus or closing what is open.
const refresh = async () => {
  const main = document.getElementById('desk');
  if (document.hidden || main.contains(document.activeElement) || !getSelection().isCollapsed) return;
  const answer = await fetch('/').catch(() => null);
  if (!answer || !answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const details of main.querySelectorAll('details')) {
    const same = fresh.getElementById(details.id);
    if (same) same.open = details.open;
  }
  main.replaceWith(fresh.getElementById('desk'));
  document.querySelector('header time').replaceWith(fresh.querySelector('header time'));
};
setInterval(refresh, 1000 * document.getElementById('desk').dataset.every);
