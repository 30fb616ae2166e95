import type { Theme } from '../../contract.ts';

/** The header colours of the workbooks, and their names. */
export const themeNames: Record<Theme, { name: string; colour: string }> = {
  classic: { name: 'Classic', colour: '#1F3864' },
  coastal: { name: 'Coastal', colour: '#0E7490' },
  blush: { name: 'Blush', colour: '#BE185D' },
  tropical: { name: 'Tropical', colour: '#15803D' },
  bold: { name: 'Bold', colour: '#B91C1C' },
  earth: { name: 'Earth', colour: '#78350F' },
};
const order: readonly Theme[] = ['classic', 'coastal', 'blush', 'tropical', 'bold', 'earth'];

/** A small table in each theme's colours; these radios are real buttons, and can be clicked directly. */
export function ThemePicker({ value, onChange }: { value: Theme; onChange: (theme: Theme) => void }) {
  return (
    <div data-slot="form-item">
      <span data-slot="form-label">Color Theme</span>
      <div role="radiogroup" aria-label="Color theme" className="themes">
        {order.map((theme) => (
          <button
            key={theme}
            type="button"
            role="radio"
            aria-checked={theme === value}
            aria-label={themeNames[theme].name}
            className="theme-swatch"
            onClick={() => onChange(theme)}
          >
            <span className="theme-bars" style={{ color: themeNames[theme].colour }}>
              <i />
              <i />
              <i />
            </span>
            <span>{themeNames[theme].name}</span>
          </button>
        ))}
      </div>
    </div>
  );
}
