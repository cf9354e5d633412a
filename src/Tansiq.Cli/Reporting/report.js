'use strict';
(() => {
  const root = document.documentElement;
  const data = JSON.parse(document.getElementById('data').textContent);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const asked = new URLSearchParams(location.search);
  const tables = [];
  let language = data.languages.find(each => each.tag === root.lang);

  const fill = (template, values) => template.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const separator = () => language.tag === 'ru' ? '\u00a0' : ',';
  const count = number => '\u2066' + String(number).replace(/\B(?=(\d{3})+$)/g, separator()) + '\u2069';

  const translate = within => {
    const number = data.languages.indexOf(language);
    for (const element of all('[data-t]', within)) element.textContent = data.texts[element.dataset.t][number];
    for (const element of all('[data-l]', within)) element.setAttribute('aria-label', data.texts[element.dataset.l][number]);
  };

  const speak = tag => {
    language = data.languages.find(each => each.tag === tag) ?? language;
    root.lang = language.tag;
    root.dir = language.direction;
    translate(document);
    for (const table of tables) table.speak();
    for (const button of all('#languages button')) button.setAttribute('aria-pressed', String(button.dataset.language === language.tag));
    map.draw();
  };

  const paint = theme => {
    root.dataset.theme = theme;
    for (const button of all('#themes button')) button.setAttribute('aria-pressed', String(button.dataset.theme === theme));
  };

  /* The map: a view of the drawing is a part of its plane, with the aspect of the whole. */
  const map = (() => {
    const svg = document.getElementById('map');
    const [, , width, height] = svg.getAttribute('viewBox').split(' ').map(Number);
    const west = Number(svg.dataset.west);
    const north = Number(svg.dataset.north);
    const eastUnits = Number(svg.dataset.eastUnits);
    const northUnits = Number(svg.dataset.northUnits);
    const largest = 64;
    const steps = [30, 20, 10, 5, 2, 1, 30 / 60, 20 / 60, 10 / 60, 5 / 60, 2 / 60, 1 / 60];
    const bars = [5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1];
    const view = { x: 0, y: 0, w: width };
    const viewHeight = () => view.w * height / width;
    let pixels = 0;

    const element = (name, attributes, parent) => {
      const made = document.createElementNS('http://www.w3.org/2000/svg', name);
      for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
      parent.append(made);
      return made;
    };

    const degrees = (value, digits, positive, negative) => {
      const minutes = Math.round(Math.abs(value) * 60);
      return `${String(Math.floor(minutes / 60)).padStart(digits, '0')}°${String(minutes % 60).padStart(2, '0')}′${value < 0 ? negative : positive}`;
    };

    const drawGrid = k => {
      const lines = document.getElementById('graticule');
      const edge = document.getElementById('edge');
      lines.replaceChildren();
      edge.replaceChildren();
      const [h, bottom] = [viewHeight(), view.y + viewHeight()];
      const step = steps.findLast(each => each * eastUnits >= 130 * k) ?? steps[0];
      const label = (x, y, text, anchor) => {
        const place = element('g', { transform: `translate(${x} ${y})` }, edge);
        element('text', { class: 'coordinate', 'text-anchor': anchor }, place).textContent = text;
      };
      for (let line = Math.ceil((west + view.x / eastUnits) / step); (line * step - west) * eastUnits < view.x + view.w; line++) {
        const x = (line * step - west) * eastUnits;
        const wrapped = line * step - 360 * Math.floor((line * step + 180) / 360);
        element('line', { x1: x, x2: x, y1: view.y, y2: bottom }, lines);
        label(x, bottom - 8 * k, degrees(wrapped, 3, 'E', 'W'), 'middle');
      }
      for (let line = Math.ceil(Math.max(north - bottom / northUnits, -90) / step); line * step < Math.min(north - view.y / northUnits, 90); line++) {
        const y = (north - line * step) * northUnits;
        element('line', { x1: view.x, x2: view.x + view.w, y1: y, y2: y }, lines);
        label(view.x + 8 * k, y, degrees(line * step, 2, 'N', 'S'), 'start');
      }
      const unitsPerKilometre = northUnits / 111.132;
      const kilometres = bars.find(each => each * unitsPerKilometre <= 220 * k) ?? bars[bars.length - 1];
      const [length, right, y] = [kilometres * unitsPerKilometre, view.x + view.w - 27 * k, view.y + h - 38 * k];
      element('path', { class: 'bar', d: `M${right - length} ${y - 5 * k}v${5 * k}h${length}v${-5 * k}` }, edge);
      label(right - length / 2, y - 7 * k, fill(language.kilometres, { number: '\u2066' + kilometres + '\u2069' }), 'middle');
    };

    const draw = () => {
      const k = view.w / (pixels || svg.clientWidth || 1100);
      svg.setAttribute('viewBox', `${view.x} ${view.y} ${view.w} ${viewHeight()}`);
      svg.style.setProperty('--k', k);
      for (const label of all('.label', svg)) label.classList.toggle('far', Number(label.dataset.from) > 1.01 * width / view.w);
      drawGrid(k);
    };

    const look = (x, y, w) => {
      view.w = Math.min(Math.max(w, width / largest), width * 2);
      view.x = Math.min(Math.max(x, -width), 2 * width - view.w);
      view.y = Math.min(Math.max(y, -height), 2 * height - viewHeight());
      draw();
    };

    const enlarge = (factor, atX = 0.5, atY = 0.5) => {
      const w = Math.min(Math.max(view.w / factor, width / largest), width * 2);
      look(view.x + (view.w - w) * atX, view.y + (viewHeight() - w * height / width) * atY, w);
    };

    const actions = { in: () => enlarge(1.6), out: () => enlarge(1 / 1.6), whole: () => look(0, 0, width) };
    for (const button of all('[data-map]')) button.addEventListener('click', actions[button.dataset.map]);

    svg.addEventListener('keydown', event => {
      const move = (x, y) => look(view.x + x * view.w / 8, view.y + y * viewHeight() / 8, view.w);
      const keys = {
        ArrowLeft: () => move(-1, 0), ArrowRight: () => move(1, 0), ArrowUp: () => move(0, -1), ArrowDown: () => move(0, 1),
        '+': actions.in, '=': actions.in, '-': actions.out, '0': actions.whole,
      };
      if (!(event.key in keys) || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      keys[event.key]();
    });

    /* The wheel enlarges only a map that has the focus, so that it does not catch a page that scrolls by. */
    svg.addEventListener('wheel', event => {
      if (document.activeElement !== svg && !event.ctrlKey) return;
      event.preventDefault();
      const box = svg.getBoundingClientRect();
      enlarge(2 ** (-event.deltaY / 300), (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
    }, { passive: false });

    let drag = null;
    svg.addEventListener('pointerdown', event => {
      drag = { x: event.clientX, y: event.clientY, from: { ...view } };
      svg.setPointerCapture(event.pointerId);
      svg.classList.add('moving');
    });
    svg.addEventListener('pointermove', event => {
      if (!drag) return;
      const k = view.w / svg.clientWidth;
      look(drag.from.x - (event.clientX - drag.x) * k, drag.from.y - (event.clientY - drag.y) * k, view.w);
    });
    for (const end of ['pointerup', 'pointercancel']) {
      svg.addEventListener(end, () => {
        drag = null;
        svg.classList.remove('moving');
      });
    }

    const show = (event, track) => {
      for (const found of all('.found', svg)) found.classList.remove('found');
      const mark = svg.querySelector(`.mark[data-event="${event}"]`);
      all('.track[data-track]', svg).find(path => path.dataset.track === track)?.classList.add('found');
      mark.classList.add('found');
      const [x, y] = mark.getAttribute('transform').match(/-?\d+/g).map(Number);
      const w = Math.min(view.w, width / 4);
      look(x - w / 2, y - w * height / width / 2, w);
      svg.scrollIntoView({ block: 'center' });
      svg.focus({ preventScroll: true });
    };

    new ResizeObserver(draw).observe(svg);
    addEventListener('beforeprint', () => { pixels = 700; draw(); });
    addEventListener('afterprint', () => { pixels = 0; draw(); });
    return { draw, show, has: event => svg.querySelector(`.mark[data-event="${event}"]`) !== null };
  })();

  /* A table: its rows are kept aside, those of the leaf that is open stand in the page. */
  const manage = frame => {
    const body = frame.querySelector('tbody');
    const rows = [...body.rows];
    const heads = [...frame.querySelector('thead tr').cells];
    const state = { text: '', kind: '', area: '', column: -1, direction: 1, leaf: 0, size: 100 };
    const tools = document.createElement('div');
    const make = (name, properties) => Object.assign(document.createElement(name), properties);
    const search = make('input', { type: 'search' });
    const kinds = make('select', {});
    const areas = make('select', {});
    const sizes = make('select', {});
    const previous = make('button', { type: 'button' });
    const next = make('button', { type: 'button' });
    const status = make('span', { className: 'status' });
    status.setAttribute('role', 'status');
    tools.className = 'tools';

    const option = (select, value, text) => select.append(make('option', { value, textContent: text }));
    const kindRows = new Map(rows.map(row => [row.dataset.k, row]));
    const areaNames = [...new Set(rows.map(row => row.dataset.a))].filter(area => area !== '').sort();

    const name = () => {
      search.placeholder = language.search;
      search.setAttribute('aria-label', language.search);
      kinds.setAttribute('aria-label', language.allKinds);
      areas.setAttribute('aria-label', language.allAreas);
      sizes.setAttribute('aria-label', language.rows.replace(/\{\w+\}/g, '').trim());
      previous.textContent = language.previous;
      next.textContent = language.next;
      for (const select of [kinds, areas, sizes]) select.replaceChildren();
      option(kinds, '', language.allKinds);
      for (const [kind, row] of kindRows) option(kinds, kind, row.querySelector('.what span').textContent);
      option(areas, '', language.allAreas);
      for (const area of areaNames) option(areas, area, area);
      for (const size of [25, 100, 1000]) option(sizes, String(size), String(size));
      option(sizes, '0', language.allRows);
      kinds.value = state.kind;
      areas.value = state.area;
      sizes.value = String(state.size);
    };

    const chosen = () => {
      const wanted = state.text.toLowerCase();
      const found = rows.filter(row => (state.kind === '' || row.dataset.k === state.kind) && (state.area === '' || row.dataset.a === state.area)
        && (wanted === '' || row.textContent.toLowerCase().includes(wanted)));
      if (state.column < 0) return found;
      const value = row => row.cells[state.column].dataset.s ?? row.cells[state.column].textContent;
      const numeric = found.every(row => row.cells[state.column].dataset.s !== undefined);
      const compare = numeric ? (a, b) => a.key - b.key : (a, b) => a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
      return found.map(row => ({ row, key: value(row) })).sort((a, b) => state.direction * compare(a, b)).map(each => each.row);
    };

    const render = () => {
      const found = chosen();
      const size = state.size || Math.max(found.length, 1);
      const leaves = Math.max(Math.ceil(found.length / size), 1);
      state.leaf = Math.min(state.leaf, leaves - 1);
      const from = state.leaf * size;
      const part = found.slice(from, from + size);
      body.replaceChildren(...part);
      previous.disabled = state.leaf === 0;
      next.disabled = state.leaf === leaves - 1;
      status.textContent = fill(language.rows, { from: count(part.length ? from + 1 : 0), until: count(from + part.length), count: count(found.length) });
      heads.forEach((head, index) => {
        if (index === state.column) head.setAttribute('aria-sort', state.direction > 0 ? 'ascending' : 'descending');
        else head.removeAttribute('aria-sort');
      });
    };

    const change = changes => {
      Object.assign(state, { leaf: 0 }, changes);
      render();
    };

    heads.forEach((head, index) => {
      const button = make('button', { type: 'button', textContent: head.textContent });
      if (head.dataset.t !== undefined) button.dataset.t = head.dataset.t;
      delete head.dataset.t;
      head.replaceChildren(button);
      button.addEventListener('click', () => change({ column: index, direction: state.column === index ? -state.direction : 1 }));
    });

    for (const row of rows) {
      const place = row.querySelector('.place bdi');
      if (!place || !map.has(row.dataset.event)) continue;
      const button = make('button', { type: 'button', className: 'show', textContent: '◎' });
      button.addEventListener('click', () => map.show(row.dataset.event, row.querySelector('th').dataset.track));
      button.setAttribute('aria-label', language.show);
      place.after(button);
    }

    search.addEventListener('input', () => change({ text: search.value }));
    kinds.addEventListener('change', () => change({ kind: kinds.value }));
    areas.addEventListener('change', () => change({ area: areas.value }));
    sizes.addEventListener('change', () => change({ size: Number(sizes.value) }));
    previous.addEventListener('click', () => change({ leaf: state.leaf - 1 }));
    next.addEventListener('click', () => change({ leaf: state.leaf + 1 }));
    tools.append(search, kinds, areas, status, previous, next, sizes);
    frame.before(tools);

    tables.push({
      speak: () => {
        for (const row of rows) {
          if (!row.isConnected) translate(row);
          row.querySelector('.show')?.setAttribute('aria-label', language.show);
        }
        name();
        render();
      },
    });
    name();
    render();
  };

  root.classList.add('script');
  for (const frame of all('[data-table]')) manage(frame);
  for (const button of all('#languages button')) button.addEventListener('click', () => speak(button.dataset.language));
  for (const button of all('#themes button')) button.addEventListener('click', () => paint(button.dataset.theme));
  if (['light', 'dark', 'system'].includes(asked.get('theme'))) paint(asked.get('theme'));
  speak(asked.get('lang') ?? language.tag);
})();
