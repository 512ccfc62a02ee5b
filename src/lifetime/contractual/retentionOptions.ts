/** How a model of renewals is learnt; all of it can be left out. */
export interface RetentionOptions {
  /**
   * `'weak'` pulls the share that leaves, how much customers differ, and the shape of time gently towards usual ones; for few customers or few periods.
   *
   * @defaultValue 'none'
   */
  readonly prior?: 'none' | 'weak';
  /** Where to begin, by name of the parameter. @defaultValue by the share that renews */
  readonly start?: Readonly<Record<string, number>>;
  /** The search stops there. @defaultValue 200 */
  readonly maxIterations?: number;
  /** Called after each iteration with the mean log-likelihood of a customer; false stops. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly objective: number }) => boolean | undefined | void;
}
