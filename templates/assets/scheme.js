/* Light or dark: the reader's choice, stored in this browser, and set before anything is painted. Without this the
   system's own preference decides, and the switch is not there. */
(function (root) {
  'use strict';
  var KEPT = 'dropcap-scheme';
  function stored() {
    try { return localStorage.getItem(KEPT); } catch (refused) { return null; }
  }
  function keep(scheme) {
    try { localStorage.setItem(KEPT, scheme); } catch (refused) { /* it holds for this page alone */ }
  }
  function isDark() {
    return root.dataset.scheme ? root.dataset.scheme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  }
  function show() {
    var button = document.querySelector('.scheme');
    if (button) { button.setAttribute('aria-pressed', String(isDark())); }
  }
  function set(scheme) {
    if (scheme === 'light' || scheme === 'dark') { root.dataset.scheme = scheme; }
    show();
  }
  root.dataset.scripts = '';
  set(stored());
  document.addEventListener('DOMContentLoaded', show);
  addEventListener('storage', function (event) { if (event.key === KEPT) { set(event.newValue); } });
  document.addEventListener('click', function (event) {
    if (event.target.closest && event.target.closest('.scheme')) {
      var scheme = isDark() ? 'light' : 'dark';
      keep(scheme);
      set(scheme);
    }
  });
})(document.documentElement);
