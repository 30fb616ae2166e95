import type { ComponentProps } from 'react';

export type ButtonVariant = 'default' | 'secondary' | 'outline' | 'ghost' | 'destructive';

type ButtonProps = ComponentProps<'button'> & { variant?: ButtonVariant; size?: 'default' | 'sm' | 'icon' };

export function Button({
  variant = 'default',
  size = 'default',
  type = 'button',
  className = '',
  ...rest
}: ButtonProps) {
  return (
    <button
      data-slot="button"
      data-variant={variant}
      data-size={size}
      type={type}
      className={`button ${className}`}
      {...rest}
    />
  );
}
