import type { ComponentProps } from 'react';

type Props = ComponentProps<'div'>;

export function Card(props: Props) {
  return <div data-slot="card" {...props} />;
}

export function CardHeader(props: Props) {
  return <div data-slot="card-header" {...props} />;
}

/** A plain div, as in the product: card titles are not headings. */
export function CardTitle(props: Props) {
  return <div data-slot="card-title" {...props} />;
}

export function CardDescription(props: Props) {
  return <div data-slot="card-description" {...props} />;
}

export function CardContent(props: Props) {
  return <div data-slot="card-content" {...props} />;
}
