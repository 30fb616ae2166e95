import { CircleCheck, Upload, X } from 'lucide-react';
import { type DragEvent, useId, useRef, useState } from 'react';
import { toast } from 'sonner';
import { megabytes } from '../lib/format.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '../ui/card.tsx';

interface DropzoneProps {
  title: string;
  description: string;
  /** With their dots, lower case. */
  extensions: readonly string[];
  file: File | null;
  onFile: (file: File | null) => void;
}

/** Takes one file by click, key or drop; one of another type is refused with a toast. */
export function Dropzone({ title, description, extensions, file, onFile }: DropzoneProps) {
  const input = useRef<HTMLInputElement>(null);
  const [dragging, setDragging] = useState(false);
  const helpId = useId();

  const take = (offered: File | undefined) => {
    if (!offered) return;
    if (extensions.some((extension) => offered.name.toLowerCase().endsWith(extension))) return onFile(offered);
    toast.error(`Invalid file type for ${title}`, { description: `Accepted formats: ${extensions.join(', ')}` });
  };
  const drag = (over: boolean) => (event: DragEvent) => {
    event.preventDefault();
    setDragging(over);
  };

  return (
    <Card>
      <CardHeader>
        <CardTitle>{title}</CardTitle>
        <CardDescription>{description}</CardDescription>
      </CardHeader>
      <CardContent>
        <div
          role="button"
          tabIndex={0}
          aria-label={`${title} upload dropzone`}
          aria-describedby={helpId}
          className="dropzone"
          data-filled={file !== null}
          data-dragging={dragging}
          onClick={() => input.current?.click()}
          onKeyDown={(event) => {
            if (event.target !== event.currentTarget || (event.key !== 'Enter' && event.key !== ' ')) return;
            event.preventDefault();
            input.current?.click();
          }}
          onDragOver={drag(true)}
          onDragLeave={drag(false)}
          onDrop={(event) => {
            drag(false)(event);
            take(event.dataTransfer.files[0]);
          }}
        >
          <input
            ref={input}
            type="file"
            className="file-input"
            accept={extensions.join(',')}
            onClick={(event) => event.stopPropagation()}
            onChange={(event) => {
              take(event.target.files?.[0]);
              event.target.value = '';
            }}
          />
          {file ? <Filled file={file} onRemove={() => onFile(null)} /> : <Empty extensions={extensions} />}
          <span id={helpId} className="sr-only">
            Accepted formats: {extensions.join(', ')}
          </span>
        </div>
      </CardContent>
    </Card>
  );
}

function Filled({ file, onRemove }: { file: File; onRemove: () => void }) {
  return (
    <>
      <CircleCheck aria-hidden className="ink-good" size={20} />
      <p className="dropzone-name">{file.name}</p>
      <div className="dropzone-foot">
        <Badge>{megabytes(file.size)}</Badge>
        <Button
          variant="ghost"
          size="sm"
          onClick={(event) => {
            event.stopPropagation();
            onRemove();
          }}
        >
          <X aria-hidden size={14} />
          Remove file
        </Button>
      </div>
    </>
  );
}

function Empty({ extensions }: { extensions: readonly string[] }) {
  return (
    <>
      <Upload aria-hidden className="ink-quiet" size={20} />
      <p>
        <strong>Click to upload</strong> or drag and drop
      </p>
      <div className="dropzone-foot">
        <Badge variant="outline">{extensions.join(', ')}</Badge>
      </div>
    </>
  );
}
