import { RadioGroup } from 'radix-ui';
import type { ReactNode } from 'react';
import { Card, CardContent } from './card.tsx';

export interface RadioCard<T extends string> {
  value: T;
  label: string;
  description: string;
  icon?: ReactNode;
  /** Said instead of being selectable. */
  unavailable?: string;
}

interface RadioCardsProps<T extends string> {
  title: string;
  value: T;
  options: readonly RadioCard<T>[];
  onChange: (value: T) => void;
}

/**
 * A choice between cards. The radio itself is visually hidden beneath its card, and the group's title is no accessible
 * name: both as in the product.
 */
export function RadioCards<T extends string>({ title, value, options, onChange }: RadioCardsProps<T>) {
  return (
    <div data-slot="form-item">
      <span data-slot="form-label">{title}</span>
      <RadioGroup.Root
        data-slot="radio-group"
        className="radio-cards"
        value={value}
        onValueChange={(chosen) => {
          const option = options.find((each) => each.value === chosen);
          if (option) onChange(option.value);
        }}
      >
        {options.map((option) => (
          <label key={option.value} className="radio-card" data-disabled={option.unavailable !== undefined}>
            <RadioGroup.Item
              data-slot="radio-group-item"
              className="sr-only"
              value={option.value}
              disabled={option.unavailable !== undefined}
            />
            <Card>
              <CardContent>
                {option.icon}
                <span className="radio-card-label">{option.label}</span>
                <span className="radio-card-text">{option.description}</span>
                {option.unavailable !== undefined && <span className="radio-card-note">{option.unavailable}</span>}
              </CardContent>
            </Card>
          </label>
        ))}
      </RadioGroup.Root>
    </div>
  );
}
