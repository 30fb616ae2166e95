import { Download, FileSpreadsheet } from 'lucide-react';
import type { RunRow, WorkbookFile } from '../../contract.ts';
import { Button } from '../ui/button.tsx';
import { Card, CardContent, CardHeader, CardTitle } from '../ui/card.tsx';

const labels: Record<WorkbookFile, string> = {
  'crosstabs.xlsx': 'Crosstabs',
  'crosstabs-weighted.xlsx': 'Crosstabs (Weighted)',
  'crosstabs-unweighted.xlsx': 'Crosstabs (Unweighted)',
  'crosstabs-counts.xlsx': 'Crosstabs (Counts)',
  'crosstabs-weighted-counts.xlsx': 'Crosstabs (Weighted Counts)',
};

export function OutputFilesCard({ run, active }: { run: RunRow | undefined; active: boolean }) {
  const files = run?.result?.r2Files?.outputs ?? [];
  return (
    <Card>
      <CardHeader>
        <CardTitle>Output Files</CardTitle>
      </CardHeader>
      <CardContent>
        {run === undefined || files.length === 0 ? (
          <p className="quiet">
            {active ? 'Output files will appear here once processing completes.' : 'No output files available.'}
          </p>
        ) : (
          <div className="files">
            {files.map((file) => (
              <div key={file} className="file">
                <FileSpreadsheet aria-hidden className="ink-good" size={20} />
                <div className="file-text">
                  <p className="file-label">{labels[file]}</p>
                  <p className="file-name">{file}</p>
                </div>
                <a href={`/api/runs/${encodeURIComponent(run._id)}/download/${file}`} download={file}>
                  <Button size="sm">
                    <Download aria-hidden size={16} />
                    Download
                  </Button>
                </a>
              </div>
            ))}
          </div>
        )}
      </CardContent>
    </Card>
  );
}
