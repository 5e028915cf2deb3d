/** `3 upgraded, 1 newly installed, 0 to remove and 2 not upgraded.` */
const summary = /^(\d+) upgraded, (\d+) newly installed, (?:(\d+) downgraded, )?(\d+) to remove/m;

/** Whether apt-get's output tells of anything done or to be done. True if it does not say. */
export function tellsOfChange(output: string): boolean {
  const found = summary.exec(output);
  if (!found) return true;
  const again = /^(\d+) reinstalled/m.test(output);
  return (
    again ||
    found.slice(1).some((count) => count !== undefined && Number(count) > 0) ||
    /not fully installed/.test(output)
  );
}

/** The part of apt-get's output that says what is changed. */
export function changesIn(output: string): string {
  const lines = output.split('\n');
  const start = lines.findLastIndex((line) => /^(Reading|Building) .*\.\.\.$/.test(line)) + 1;
  const end = lines.findIndex((line) => /^[0-9]+ (packages )?upgraded/.test(line));
  return lines.slice(start, end < 0 ? undefined : end + 1).join('\n');
}
