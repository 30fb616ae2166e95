import { LoaderCircle } from 'lucide-react';

export function Spinner({ size = 16 }: { size?: number }) {
  return <LoaderCircle aria-hidden className="spinner" size={size} />;
}

/** The bare spinner of a page whose data is on its way. */
export function PageSpinner() {
  return (
    <div className="page-spinner">
      <Spinner size={28} />
    </div>
  );
}
