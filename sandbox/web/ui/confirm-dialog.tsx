import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useId, useState } from 'react';
import { Button } from './button.tsx';
import { Input } from './field.tsx';
import { Spinner } from './spinner.tsx';

interface ConfirmDialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  description: string;
  /** What must be typed, exactly. */
  expected: string;
  prompt: string;
  action: string;
  /** Does it; a rejection leaves the dialog open. */
  onConfirm: () => Promise<void>;
}

/** A dialog for what cannot be undone: the button works once the expected text has been typed. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  return (
    <Dialog.Root open={props.open} onOpenChange={(open) => !open && props.onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay data-slot="dialog-overlay" />
        <Dialog.Content data-slot="dialog-content">
          <ConfirmForm {...props} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function ConfirmForm({ title, description, expected, prompt, action, onConfirm, onClose }: ConfirmDialogProps) {
  const [typed, setTyped] = useState('');
  const [working, setWorking] = useState(false);
  const id = useId();

  // A failure is shown by whoever failed, and goes on as an uncaught error of the page: so does the product's.
  const confirm = async () => {
    setWorking(true);
    try {
      await onConfirm();
      onClose();
    } finally {
      setWorking(false);
    }
  };

  return (
    <>
      <div data-slot="dialog-header">
        <Dialog.Title data-slot="dialog-title">{title}</Dialog.Title>
        <Dialog.Description data-slot="dialog-description">{description}</Dialog.Description>
      </div>
      <div data-slot="form-item">
        <label data-slot="form-label" htmlFor={id}>
          {prompt}
        </label>
        <Input
          id={id}
          value={typed}
          disabled={working}
          onChange={(event) => setTyped(event.target.value)}
          placeholder={expected}
        />
      </div>
      <div data-slot="dialog-footer">
        <Button variant="outline" disabled={working} onClick={onClose}>
          Cancel
        </Button>
        <Button variant="destructive" disabled={working || typed !== expected} onClick={() => void confirm()}>
          {working && <Spinner />}
          {action}
        </Button>
      </div>
      <Dialog.Close data-slot="dialog-close">
        <X aria-hidden size={16} />
        <span className="sr-only">Close</span>
      </Dialog.Close>
    </>
  );
}
