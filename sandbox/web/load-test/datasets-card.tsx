import { Check } from 'lucide-react';
import type { Dataset } from '../../contract.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Card, CardContent, CardHeader, CardTitle } from '../ui/card.tsx';
import { PageSpinner } from '../ui/spinner.tsx';
import type { ManifestState } from './use-manifest.ts';

interface DatasetsCardProps {
  manifest: ManifestState;
  selected: ReadonlySet<string>;
  onSelect: (names: ReadonlySet<string>) => void;
}

export function DatasetsCard({ manifest, selected, onSelect }: DatasetsCardProps) {
  const ready = manifest.state === 'here' ? manifest.manifest.datasets.filter((dataset) => dataset.ready) : [];
  return (
    <Card>
      <CardHeader className="with-action">
        <CardTitle>Datasets</CardTitle>
        <div className="badges">
          <Button
            variant="ghost"
            size="sm"
            disabled={manifest.state !== 'here'}
            onClick={() => onSelect(new Set(ready.map(({ name }) => name)))}
          >
            Select All
          </Button>
          <Button variant="ghost" size="sm" disabled={selected.size === 0} onClick={() => onSelect(new Set())}>
            Select None
          </Button>
        </div>
      </CardHeader>
      <CardContent>
        {manifest.state === 'loading' && <PageSpinner />}
        {manifest.state === 'failed' && <ManifestFailure error={manifest.error} />}
        {manifest.state === 'here' && (
          <>
            <div className="datasets">
              {manifest.manifest.datasets.map((dataset) => (
                <DatasetRow
                  key={dataset.name}
                  dataset={dataset}
                  selected={selected.has(dataset.name)}
                  onToggle={() => onSelect(toggled(selected, dataset.name))}
                />
              ))}
            </div>
            <p className="quiet small datasets-foot">
              {selected.size} of {ready.length} datasets selected · Manifest from{' '}
              {new Date(manifest.manifest.generatedAt).toLocaleDateString()}
            </p>
          </>
        )}
      </CardContent>
    </Card>
  );
}

function ManifestFailure({ error }: { error: string }) {
  return (
    <div>
      <p className="inline-error">{error}</p>
      <p className="quiet">
        Run <code>npm run datasets -- upload</code> first.
      </p>
    </div>
  );
}

function toggled(names: ReadonlySet<string>, name: string): ReadonlySet<string> {
  const next = new Set(names);
  if (!next.delete(name)) next.add(name);
  return next;
}

/** A button without a pressed state, as in the product: only the line under the list counts what is selected. */
function DatasetRow({ dataset, selected, onToggle }: { dataset: Dataset; selected: boolean; onToggle: () => void }) {
  const megabytes = dataset.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) / 1024 / 1024;
  return (
    <button type="button" className="dataset" data-selected={selected} disabled={!dataset.ready} onClick={onToggle}>
      <div className="dataset-mark">{selected && <Check aria-hidden size={12} />}</div>
      <div className="dataset-name">{dataset.name}</div>
      {dataset.hasBanner && <Badge variant="outline">banner</Badge>}
      <div className="dataset-size">{megabytes.toFixed(1)} MB</div>
    </button>
  );
}
