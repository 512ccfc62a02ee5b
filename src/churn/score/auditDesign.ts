import type { TableInput } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import { auditChurnDesign } from '../define/auditChurnDesign.js';
import type { DesignCode, DesignFinding } from '../define/designFinding.js';
import type { ChurnScoreOptions } from './churnOptions.js';

/** What the way the data were made does to every figure. */
export interface DesignNotes {
  /** What a user should know, and do. */
  readonly findings: readonly string[];
  /** Those that make every figure look better than it is. */
  readonly flaws: readonly DesignFinding[];
}

const FLAWS: readonly DesignCode[] = ['POST_OUTCOME', 'INCOMPLETE_HORIZON'];

/** Looks at how the data were made; refuses those in which one class was multiplied. */
export function auditDesign(caller: string, data: TableInput, options: ChurnScoreOptions): DesignNotes {
  const { target, positive, features, exclude = [], customer, time, horizon, design } = options;
  const { findings } = auditChurnDesign(data, {
    target,
    ...design,
    ...(positive !== undefined && { positive }),
    ...(features && { features }),
    ...(customer !== undefined && { customer }),
    ...(time !== undefined && { time }),
    ...(horizon && { horizon }),
  });
  const multiplied = findings.find(({ code, certainty }) => code === 'RESAMPLED' && certainty !== 'possible');
  if (multiplied !== undefined) {
    throw new ClientelaError('INVALID_INPUT', `${caller} needs rows as they were observed; found: ${multiplied.text}; ${multiplied.remedy}`, { function: caller, column: target, rows: multiplied.rows });
  }
  const used = findings.filter(({ columns }) => columns.length === 0 || !columns.every((name) => exclude.includes(name)));
  return {
    findings: used.map(({ text, remedy }) => `${text}: ${remedy}`),
    flaws: used.filter(({ code, certainty }) => FLAWS.includes(code) && certainty !== 'possible'),
  };
}
