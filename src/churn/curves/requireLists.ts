/**
 * The fields of a stored curve: lists of one length. A number in the place of a list would be taken for a length.
 *
 * @throws Error where one is none; a stored model tells it as a document that cannot be read
 */
export function requireLists(state: Readonly<Record<string, unknown>>, ...names: readonly string[]): void {
  const lists = names.map((name) => state[name] as ArrayLike<number>);
  lists.forEach((list, i) => {
    if (!(Array.isArray(list) || ArrayBuffer.isView(list)) || list.length !== lists[0]!.length) throw new RangeError(`${names[i]!} is no list as long as ${names[0]!}`);
  });
}
