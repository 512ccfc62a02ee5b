import type { RfmSegmentRule } from './rfmRules.js';

/**
 * The eleven segments of recency and of frequency and money taken together, FM = (F + M) / 2 rounded up, in quintiles: the cells of
 * that grid of 25, written out as the 125 codes behind it, each in exactly one. (After the grid of Putler, whose printed ranges
 * overlap; in the form in which public SQL carries it out.)
 *
 * @example
 * ```ts
 * fm11Segments.find((segment) => segment.cells?.includes('553'))?.name; // => 'champions'
 * ```
 */
export const fm11Segments: readonly RfmSegmentRule[] = [
  { name: 'champions', cells: ['545', '554', '555', '525', '534', '535', '543', '544', '552', '553', '445', '454', '455'] },
  {
    name: 'potential loyalists',
    cells: [
      '512', '513', '521', '522', '531', '412', '413', '421', '422', '431', '314', '315', '323', '324', '332', '333',
      '341', '342', '351', '414', '415', '423', '424', '432', '433', '441', '442', '451',
    ],
  },
  {
    name: 'loyal',
    cells: [
      '514', '515', '523', '524', '532', '533', '541', '542', '551', '425', '434', '435', '443', '444', '452', '453',
      '345', '354', '355', '325', '334', '335', '343', '344', '352', '353',
    ],
  },
  { name: 'recent', cells: ['511'] },
  { name: 'promising', cells: ['411', '311'] },
  {
    name: 'need attention',
    cells: [
      '312', '313', '321', '322', '331', '214', '215', '223', '224', '232', '233', '241', '242', '251', '212', '213',
      '221', '222', '231',
    ],
  },
  { name: 'about to sleep', cells: ['211'] },
  {
    name: 'at risk',
    cells: [
      '245', '254', '255', '225', '234', '235', '243', '244', '252', '253', '114', '115', '123', '124', '132', '133',
      '141', '142', '151',
    ],
  },
  { name: 'cannot lose', cells: ['145', '154', '155', '125', '134', '135', '143', '144', '152', '153'] },
  { name: 'hibernating', cells: ['112', '113', '121', '122', '131'] },
  { name: 'lost', cells: ['111'] },
];
