// Lines as k0sctl logs them where there is no terminal.
export class Failure extends Error {}

export function info(message) {
  line('info', message);
}

export function warn(message) {
  line('warning', message);
}

export function line(level, message) {
  process.stdout.write(`level=${level} msg=${/[^\w./:@+-]/.test(message) ? JSON.stringify(message) : message}\n`);
}

export function phase(title) {
  info(`==> Running phase: ${title}`);
}
