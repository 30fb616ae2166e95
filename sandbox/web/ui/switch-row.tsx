import { Switch } from 'radix-ui';
import { useId } from 'react';

export function Toggle(props: {
  checked: boolean;
  onChange: (checked: boolean) => void;
  id?: string;
  disabled?: boolean;
}) {
  return (
    <Switch.Root
      data-slot="switch"
      id={props.id}
      checked={props.checked}
      disabled={props.disabled}
      onCheckedChange={props.onChange}
    >
      <Switch.Thumb data-slot="switch-thumb" />
    </Switch.Root>
  );
}

/** A switch with its name and a line of explanation. */
export function SwitchRow(props: {
  label: string;
  hint: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  const id = useId();
  return (
    <div data-slot="form-item" className="switch-row">
      <Toggle id={id} checked={props.checked} onChange={props.onChange} />
      <div>
        <label data-slot="form-label" htmlFor={id}>
          {props.label}
        </label>
        <p data-slot="form-description">{props.hint}</p>
      </div>
    </div>
  );
}
