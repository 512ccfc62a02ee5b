import { PropensityMatrix } from 'clientela/propensity';
import { useMemo, useState } from 'preact/hooks';
import { DataTable } from '../../ui/DataTable.js';
import { percent } from '../../ui/format.js';
import { Several } from '../../ui/Several.js';
import type { PropensityResult } from './compute.js';

/** What to offer somebody new, of whom little is known. */
export function NewCustomer({ result: { matrix: json } }: { result: PropensityResult }) {
  const matrix = useMemo(() => PropensityMatrix.fromJSON(json), [json]);
  const [held, setHeld] = useState<string[]>([]);
  const { offers } = useMemo(() => matrix.recommend({ profile: {}, held }), [matrix, held]);
  return (
    <section aria-label="A new customer">
      <h3>What to offer somebody new</h3>
      <Several label="Who holds already" values={matrix.products} chosen={held} onChange={setHeld} />
      <div role="status"><DataTable caption="Offers, the likeliest first" head={['product', 'probability']} rows={offers.map(({ product, probability }) => [product, percent(probability)])} /></div>
    </section>
  );
}
