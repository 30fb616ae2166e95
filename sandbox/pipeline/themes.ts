/** Header colours of the workbook's themes, as RRGGBB. */
import type { Theme } from '../contract.ts';

export const themeColours: Readonly<Record<Theme, string>> = {
  classic: '1F3864',
  coastal: '0E7490',
  blush: 'BE185D',
  tropical: '15803D',
  bold: 'B91C1C',
  earth: '78350F',
};
