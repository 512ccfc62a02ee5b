import { valueActions, type SegmentSummary } from 'clientela/segmentation';
import { useMemo, useState } from 'preact/hooks';
import { Amount } from '../../ui/Amount.js';
import { DataTable } from '../../ui/DataTable.js';
import { count, decimal, percent } from '../../ui/format.js';

/** Which action fits which group, from a guess at how many answer: act, leave, or test first. */
export function Actions({ segments }: { segments: readonly SegmentSummary[] }) {
  const [contactCost, setCost] = useState(1.5);
  const [benefit, setBenefit] = useState(25);
  const [answers, setAnswers] = useState(6);
  const [pilot, setPilot] = useState(100);
  const plan = useMemo(
    () => valueActions(segments, [{ name: 'contact', contactCost, benefit, prior: { mean: Math.min(0.99, Math.max(0.001, answers / 100)), strength: Math.max(1, pilot) } }]),
    [segments, contactCost, benefit, answers, pilot],
  );
  return (
    <section aria-label="Actions">
      <h3>What to do with each?</h3>
      <div class="controls">
        <Amount label="Cost of a contact" value={contactCost} min={0.1} max={20} step={0.1} onChange={setCost} />
        <Amount label="Benefit of an answer" value={benefit} min={1} max={200} step={1} onChange={setBenefit} />
        <Amount label="Expected to answer (%)" value={answers} min={0.5} max={50} step={0.5} onChange={setAnswers} />
        <Amount label="As sure as a pilot of so many" value={pilot} min={1} max={2000} step={10} onChange={(to) => setPilot(Math.round(to))} />
      </div>
      <div role="status">
        <DataTable caption="The verdict for each group" head={['group', 'customers', 'verdict']} rows={plan.segments.map(({ segment, verdict }, i) => [segment, count(segments[i]?.customers ?? NaN), verdict])} />
        <p class="quiet">An answer pays above {percent(contactCost / benefit)}; acting on these verdicts is worth {decimal(plan.netValue)}.</p>
      </div>
    </section>
  );
}
