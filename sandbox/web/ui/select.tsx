import { Check, ChevronDown } from 'lucide-react';
import { Select as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';

interface SelectProps {
  value: string;
  onChange: (value: string) => void;
  options: readonly { value: string; label: ReactNode }[];
  id?: string;
  disabled?: boolean;
  'aria-describedby'?: string | undefined;
}

export function Select({ value, onChange, options, ...trigger }: SelectProps) {
  return (
    <Primitive.Root value={value} onValueChange={onChange}>
      <Primitive.Trigger data-slot="select-trigger" {...trigger}>
        <Primitive.Value data-slot="select-value" />
        <Primitive.Icon>
          <ChevronDown aria-hidden size={16} />
        </Primitive.Icon>
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content data-slot="select-content" position="popper" sideOffset={4}>
          <Primitive.Viewport>
            {options.map((option) => (
              <Primitive.Item data-slot="select-item" key={option.value} value={option.value}>
                <Primitive.ItemText>{option.label}</Primitive.ItemText>
                <Primitive.ItemIndicator>
                  <Check aria-hidden size={16} />
                </Primitive.ItemIndicator>
              </Primitive.Item>
            ))}
          </Primitive.Viewport>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
