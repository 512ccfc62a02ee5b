import type { RfmSegmentRule } from './rfmRules.js';

/**
 * The eleven segments of quintiles of recency, frequency and money by the list of 125 codes that marketing suites publish: each code is
 * in exactly one. Many copies hold a part of the list only and send the rest to "Others"; another version is
 * {@link codes11HibernatingSegments}. (Bloomreach, Squeezely and others.)
 *
 * @example
 * ```ts
 * codes11Segments.find((segment) => segment.cells?.includes('555'))?.name; // => 'champions'
 * ```
 */
export const codes11Segments: readonly RfmSegmentRule[] = [
  { name: 'champions', cells: ['555', '554', '544', '545', '454', '455', '445'] },
  { name: 'loyal', cells: ['543', '444', '435', '355', '354', '345', '344', '335'] },
  {
    name: 'potential loyalists',
    cells: [
      '553', '551', '552', '541', '542', '533', '532', '531', '452', '451', '442', '441', '431', '453', '433', '432',
      '423', '353', '352', '351', '342', '341', '333', '323',
    ],
  },
  { name: 'new', cells: ['512', '511', '422', '421', '412', '411', '311'] },
  { name: 'promising', cells: ['525', '524', '523', '522', '521', '515', '514', '513', '425', '424', '413', '414', '415', '315', '314', '313'] },
  { name: 'need attention', cells: ['535', '534', '443', '434', '343', '334', '325', '324'] },
  { name: 'about to sleep', cells: ['331', '321', '312', '221', '213', '231', '241', '251'] },
  {
    name: 'at risk',
    cells: [
      '255', '254', '245', '244', '253', '252', '243', '242', '235', '234', '225', '224', '153', '152', '145', '143',
      '142', '135', '134', '133', '125', '124',
    ],
  },
  { name: 'cannot lose', cells: ['155', '154', '144', '214', '215', '115', '114', '113'] },
  { name: 'hibernating', cells: ['332', '322', '233', '232', '223', '222', '132', '123', '122', '212', '211'] },
  { name: 'lost', cells: ['111', '112', '121', '131', '141', '151'] },
];
