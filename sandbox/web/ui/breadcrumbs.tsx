import { ChevronRight } from 'lucide-react';
import { Fragment } from 'react';

export interface Crumb {
  label: string;
  href?: string;
}

/** Trail of the page. Its links are plain anchors: they load the page anew, as the product's do. */
export function Breadcrumbs({ trail }: { trail: readonly Crumb[] }) {
  return (
    <nav aria-label="breadcrumb" data-slot="breadcrumb">
      <ol data-slot="breadcrumb-list">
        {trail.map(({ label, href }, index) => (
          <Fragment key={`${index} ${label}`}>
            {index > 0 && (
              <li data-slot="breadcrumb-separator" role="presentation" aria-hidden>
                <ChevronRight size={14} />
              </li>
            )}
            <li data-slot="breadcrumb-item">
              {href ? (
                <a data-slot="breadcrumb-link" href={href}>
                  {label}
                </a>
              ) : (
                <span data-slot="breadcrumb-page" role="link" aria-disabled="true" aria-current="page">
                  {label}
                </span>
              )}
            </li>
          </Fragment>
        ))}
      </ol>
    </nav>
  );
}
