import { describe, expect, it } from 'vitest';
import { fitSegmentation } from '../../../src/segmentation/door/fitSegmentation.js';
import { Segmentation } from '../../../src/segmentation/door/segmentation.js';

const rows = Array.from({ length: 90 }, (_, i) => ({ visits: (i % 3 ? 30 : 5) + (i % 5), basket: (i % 3 ? 12 : 80) + (i % 7), plan: i % 3 ? 'basic' : 'gold' }));
const segmentation = fitSegmentation(rows, { features: ['visits', 'basket'], segments: 2 });

describe('Segmentation', () => {
  it('places one row as it places a batch, with the name of the segment', () => {
    const batch = segmentation.assign(rows);
    const memberships = segmentation.memberships(rows);
    rows.slice(0, 6).forEach((row, i) => {
      const { segment, second, name, confidence } = segmentation.assignRow(row);
      expect(segment).toBe(batch[i]);
      expect(second).toBe(1 - segment);
      expect(name).toBe(segmentation.segments[segment]!.name);
      expect(confidence).toBeCloseTo(memberships[2 * i + segment]!, 12);
    });
  });

  it('numbers memberships as it numbers segments, also where a refit keeps other numbers than the model has', () => {
    const later = rows.filter((_, i) => i % 3 === 0 || i % 6 === 1).slice(0, 40);
    const kept = fitSegmentation(later, { features: ['visits', 'basket'], segments: 2, previous: segmentation });
    expect(kept.model.assign(rows)).not.toEqual(kept.assign(rows));
    const memberships = kept.memberships(rows);
    kept.assign(rows).forEach((segment, i) => expect(memberships[2 * i + segment]).toBeGreaterThan(0.5));
    expect(Array.from(kept.assign(rows))).toEqual(Array.from(segmentation.assign(rows)));
  });

  it('says by what a customer is placed of whom little is known', () => {
    const { name, missing, drivers, outlier } = segmentation.assignRow({ visits: 6, basket: null });
    expect([name, missing, drivers.map(({ feature }) => feature), outlier]).toEqual([segmentation.segments[segmentation.labels[0]!]!.name, ['basket'], ['visits'], false]);
  });

  it('has nothing about any one customer in its JSON', () => {
    const named = fitSegmentation(rows.map((row, i) => ({ ...row, id: `secret${i}` })), { segments: 2, customer: 'id' });
    expect(named.description!.segments[0]!.typical[0]!.customer).toMatch(/secret/);
    const json = JSON.stringify(named);
    expect(json).not.toContain('secret');
    const back = Segmentation.fromJSON(JSON.parse(json));
    expect(back.labels).toHaveLength(0);
    expect([back.description, back.comparison]).toEqual([null, null]);
    expect(back.segments).toEqual(named.segments);
  });

  it('reads models of every kind back', () => {
    for (const method of ['kMeans', 'gaussianMixture', 'kPrototypes', 'kMedoids', 'hdbscan', 'latentClass'] as const) {
      const fitted = fitSegmentation(rows, { method, segments: 2, features: method === 'latentClass' ? ['plan'] : ['visits', 'basket'] });
      const back = Segmentation.fromJSON(JSON.parse(JSON.stringify(fitted)));
      expect(Array.from(back.assign(rows))).toEqual(Array.from(fitted.labels));
      expect(back.method).toBe(method);
    }
  });

  it('refuses a model it does not know', () => {
    const json = JSON.parse(JSON.stringify(segmentation)) as Record<string, unknown>;
    expect(() => Segmentation.fromJSON({ ...json, model: { format: 'Other' } })).toThrow('Segmentation.fromJSON knows no model of format "Other"');
    expect(() => Segmentation.fromJSON({ ...json, formatVersion: 2 })).toThrow('formatVersion of 1');
  });
});
