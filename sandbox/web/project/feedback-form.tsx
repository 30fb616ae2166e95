import { X } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { messageOf, sendJson } from '../lib/api.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Input, Textarea } from '../ui/field.tsx';
import { Select } from '../ui/select.tsx';
import { Spinner } from '../ui/spinner.tsx';

const ratings = ['Not sure', '1 - Very poor', '2 - Poor', '3 - OK', '4 - Good', '5 - Great'].map((label, value) => ({
  value: String(value),
  label,
}));

/** Stays open after it was sent, emptied. Its labels belong to no control, as in the product. */
export function FeedbackForm({ runId, onClose }: { runId: string; onClose: () => void }) {
  const [rating, setRating] = useState('0');
  const [tableIds, setTableIds] = useState<string[]>([]);
  const [notes, setNotes] = useState('');
  const [sending, setSending] = useState(false);

  const submit = async () => {
    setSending(true);
    try {
      const body = { rating: Number(rating), notes, tableIds };
      await sendJson('POST', `/api/runs/${encodeURIComponent(runId)}/feedback`, body, 'Failed to submit feedback');
      toast.success('Feedback submitted', { description: 'Thank you.' });
      setRating('0');
      setTableIds([]);
      setNotes('');
    } catch (error) {
      toast.error('Failed to submit feedback', { description: messageOf(error) });
    } finally {
      setSending(false);
    }
  };

  return (
    <div className="form">
      <div className="pair">
        <div data-slot="form-item">
          <span data-slot="form-label">Overall quality (optional)</span>
          <Select value={rating} onChange={setRating} options={ratings} disabled={sending} />
        </div>
        <TableIds ids={tableIds} onChange={setTableIds} disabled={sending} />
      </div>
      <div data-slot="form-item">
        <span data-slot="form-label">Notes</span>
        <Textarea
          value={notes}
          disabled={sending}
          placeholder="e.g., missing NETs, wrong table structure, tables that should be excluded, bad labels..."
          onChange={(event) => setNotes(event.target.value)}
        />
      </div>
      <div className="form-footer">
        <Button variant="outline" disabled={sending} onClick={onClose}>
          Close
        </Button>
        <Button disabled={sending} onClick={() => void submit()}>
          {sending && <Spinner />}
          {sending ? 'Submitting...' : 'Submit Feedback'}
        </Button>
      </div>
    </div>
  );
}

function TableIds({
  ids,
  onChange,
  disabled,
}: {
  ids: string[];
  onChange: (ids: string[]) => void;
  disabled: boolean;
}) {
  const [text, setText] = useState('');
  const add = () => {
    const found = text.split(/[\s,]+/).filter(Boolean);
    onChange([...new Set([...ids, ...found])]);
    setText('');
  };
  return (
    <div data-slot="form-item">
      <span data-slot="form-label">Table IDs (optional)</span>
      <div className="field-control">
        <Input
          value={text}
          disabled={disabled}
          placeholder="Paste one or more table IDs"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') add();
          }}
        />
        <Button variant="outline" disabled={disabled || text.trim() === ''} onClick={add}>
          Add
        </Button>
      </div>
      {ids.length > 0 && (
        <div className="badges">
          {ids.map((id) => (
            <Badge key={id}>
              <span>{id}</span>
              <button
                type="button"
                className="chip-remove"
                aria-label={`Remove ${id}`}
                disabled={disabled}
                onClick={() => onChange(ids.filter((each) => each !== id))}
              >
                <X aria-hidden size={12} />
              </button>
            </Badge>
          ))}
        </div>
      )}
    </div>
  );
}
