import type { ComponentProps } from 'react';

export type Tone = 'neutral' | 'info' | 'good' | 'warn' | 'bad';
export type BadgeVariant = 'default' | 'secondary' | 'outline' | 'destructive';

type BadgeProps = ComponentProps<'span'> & { variant?: BadgeVariant; tone?: Tone };

export function Badge({ variant = 'secondary', tone = 'neutral', className = '', ...rest }: BadgeProps) {
  return <span data-slot="badge" data-variant={variant} className={`tone-${tone} ${className}`} {...rest} />;
}
