// @ts-check

/** Something the user can put right: its message is all that is printed, without a stack. */
export class DemoError extends Error {
  /** @override */
  name = 'DemoError';
}
