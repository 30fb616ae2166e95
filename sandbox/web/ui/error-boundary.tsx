import { Component, type ReactNode } from 'react';

/** What is left of the page when drawing it failed: one sentence in place of the whole application, as the product does. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <div className="crash">
        <h2>
          Application error: a client-side exception has occurred while loading {window.location.hostname} (see the
          browser console for more information).
        </h2>
      </div>
    );
  }
}
