import { ClientelaError } from '../errors.js';

/** The error for a column that is not there, with the nearest name that is. */
export function unknownColumn(caller: string, name: string, names: readonly string[]): ClientelaError {
  const nearest = nearestName(name, names);
  const hint = nearest === undefined ? listed(names) : `; did you mean "${nearest}"?`;
  return new ClientelaError('UNKNOWN_COLUMN', `${caller} found no column "${name}"${hint}`, { function: caller, column: name, columns: names });
}

function listed(names: readonly string[]): string {
  if (names.length === 0) return '; the data have no columns';
  const shown = names.slice(0, 12).map((known) => `"${known}"`).join(', ');
  return `; the data have ${shown}${names.length > 12 ? ` and ${names.length - 12} more` : ''}`;
}

/** The name within a third of its length in edits, letters of either case being equal. */
function nearestName(name: string, names: readonly string[]): string | undefined {
  let nearest: string | undefined;
  let fewest = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const known of names) {
    const distance = edits(name.toLowerCase(), known.toLowerCase());
    if (distance < fewest) {
      fewest = distance;
      nearest = known;
    }
  }
  return nearest;
}

/** Insertions, deletions and substitutions between two words (Levenshtein, 1966). */
function edits(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1;
      current.push(Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + same));
    }
    previous = current;
  }
  return previous[b.length]!;
}
