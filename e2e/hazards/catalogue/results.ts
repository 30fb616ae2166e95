/** The workbooks that people download. */
import { unlimited, type CatalogueEntry } from './entry.ts';

export const results = {
  'theme-swap': {
    id: 'theme-swap',
    hazard: 16,
    title: 'Three analysts make workbooks of different themes at the same moment',
    finding: 'A workbook comes in the colours that a colleague chose',
    severity: 'minor',
    lost: 'The look of a report, which is noticed when it is with the customer.',
    cost: 'costly',
    setting: unlimited,
    proves: 'theme-swap',
    near: ['output-collision'],
  },
  'output-collision': {
    id: 'output-collision',
    hazard: 17,
    title: 'Three analysts launch the same data file at the same moment',
    finding: "An analyst downloads the workbook of somebody else's project",
    severity: 'critical',
    lost: "The result; and the confidentiality of somebody else's.",
    cost: 'costly',
    setting: unlimited,
    proves: 'output-collision',
    near: ['theme-swap', 'duplicate-name'],
  },
} as const satisfies Record<string, CatalogueEntry>;
