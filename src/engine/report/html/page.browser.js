// The page works without this; it adds search, and names what lies under the pointer in the timeline.
const byId = (id) => document.getElementById(id);

function filterTasks() {
  const form = byId('filter');
  const tasks = [...document.querySelectorAll('.task')].map((element) => ({
    element,
    text: element.textContent.toLowerCase(),
    statuses: element.dataset.statuses.split(' '),
  }));
  const choices = [...form.querySelectorAll('[type=checkbox]')];
  const apply = () => {
    const words = byId('words').value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = choices.filter((choice) => choice.checked).map((choice) => choice.value);
    const all = wanted.length === choices.length;
    let found = 0;
    for (const { element, text, statuses } of tasks) {
      const shown = words.every((word) => text.includes(word)) && (all || statuses.some((one) => wanted.includes(one)));
      element.hidden = !shown;
      if (shown) found++;
    }
    byId('found').value = `${found} of ${tasks.length} tasks`;
  };
  let waiting = 0;
  form.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 120);
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  byId('unfold').addEventListener('click', ({ target }) => {
    const unfold = target.dataset.open !== 'yes';
    for (const { element, statuses } of tasks) {
      const tells = statuses.some((one) => one !== 'ok' && one !== 'skipped');
      if (!element.hidden && (tells || !unfold)) element.open = unfold;
    }
    target.dataset.open = unfold ? 'yes' : 'no';
    target.textContent = unfold ? 'Fold all' : 'Unfold changes';
  });
  form.hidden = false;
}

function openTarget() {
  const target = location.hash.startsWith('#task-') ? byId(location.hash.slice(1)) : null;
  if (!target) return;
  target.hidden = false;
  target.open = true;
  target.scrollIntoView({ block: 'center' });
}

function nameSegments() {
  const picture = byId('timeline');
  const source = byId('timeline-data');
  if (!picture || !source) return;
  const { hosts, tasks, shades, lanes } = JSON.parse(source.textContent);
  const rows = [...picture.querySelectorAll('.lane')];
  const [tip, cursor] = [byId('tip'), byId('cursor')];
  const bounds = rows.map((row) => ['y', 'height'].map((name) => Number(row.getAttribute(name))));
  const at = ({ clientX, clientY }) => {
    const point = new DOMPoint(clientX, clientY).matrixTransform(picture.getScreenCTM().inverse());
    const lane = bounds.findIndex(([y, height]) => point.y >= y && point.y < y + height);
    if (lane < 0) return undefined;
    let [best, nearest] = [-1, 4];
    for (let index = 0; index < lanes[lane].length; index += 5) {
      const [x, width] = lanes[lane].slice(index, index + 2);
      const away = Math.max(x - point.x, point.x - x - width, 0);
      if (away < nearest) [best, nearest] = [index, away];
    }
    return best < 0 ? undefined : { lane, segment: lanes[lane].slice(best, best + 5) };
  };
  const hide = () => {
    tip.hidden = true;
    cursor.setAttribute('width', '0');
  };
  picture.addEventListener('pointermove', (event) => {
    const found = at(event);
    if (!found) return hide();
    const { lane, segment } = found;
    const [x, width, task, shade, ms] = segment;
    const took = ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`;
    tip.textContent = `${tasks[task]}\n${hosts[lane]}: ${shades[shade]}, ${took}`;
    tip.hidden = false;
    const frame = picture.closest('figure').getBoundingClientRect();
    const left = Math.min(event.clientX - frame.left + 14, frame.width - tip.offsetWidth - 8);
    tip.style.left = `${Math.max(8, left)}px`;
    tip.style.top = `${event.clientY - frame.top + 18}px`;
    const [y, height] = bounds[lane];
    for (const [name, value] of Object.entries({ x, y, width, height })) cursor.setAttribute(name, value);
  });
  picture.addEventListener('pointerleave', hide);
  picture.addEventListener('click', (event) => {
    const found = at(event);
    if (found) location.hash = `task-${found.segment[2] + 1}`;
  });
}

filterTasks();
nameSegments();
openTarget();
addEventListener('hashchange', openTarget);
// What changed is to be seen on paper too.
addEventListener('beforeprint', () => {
  for (const task of document.querySelectorAll('.task')) {
    if (/changed|failed|unreachable/.test(task.dataset.statuses)) task.open = true;
  }
});
