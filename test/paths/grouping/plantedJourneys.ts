import { createRandom } from '../../../src/numeric/random.js';
import { Journeys } from '../../../src/paths/journeys/journeys.js';

/** Journeys drawn from three ways through a company, with steps left out and put in; which way each comes from. */
export function plantedJourneys(count: number, seed: number): { readonly journeys: Journeys; readonly ways: number[]; readonly lists: string[][] } {
  const random = createRandom(seed);
  const plans = [['visit', 'quote', 'card', 'card', 'loan', 'fund'], ['mail', 'call', 'call', 'complaint', 'call', 'leave'], ['ad', 'ad', 'visit', 'app', 'app', 'app']];
  const extras = ['visit', 'mail', 'call', 'app'];
  const ways: number[] = [];
  const lists = Array.from({ length: count }, () => {
    const way = Math.min(2, Math.floor(3.6 * random.uniform() ** 1.5));
    ways.push(way);
    const list = plans[way]!.filter(() => random.uniform() > 0.12);
    if (random.uniform() < 0.4) list.splice(random.integer(list.length + 1), 0, extras[random.integer(4)]!);
    return list;
  });
  return { journeys: Journeys.fromLists(lists), ways, lists };
}
