/** What the parts of the page's script know of each other. They run in the page: each stands alone, and is handed the others. */

export interface PageSession {
  readonly orgId: string;
  readonly role: string;
  readonly syncUrl: string;
}

export interface ProjectRow {
  readonly _id: string;
  readonly _creationTime: number;
  readonly name: string;
}

export interface FlaggedColumnRow {
  readonly groupName: string;
  readonly columnName: string;
  readonly original: string;
  readonly proposed: string;
  readonly confidence: number;
  readonly alternatives: readonly { readonly expression: string; readonly userSummary: string }[];
  readonly uncertainties: readonly string[];
}

export interface RunRow {
  readonly _id: string;
  readonly _creationTime: number;
  readonly projectId: string;
  readonly status: string;
  readonly stage: string;
  readonly progress: number;
  readonly message: string;
  readonly error?: string;
  readonly result?: {
    readonly reviewState?: { readonly flaggedColumns: readonly FlaggedColumnRow[]; readonly pathBStatus: string };
    readonly r2Files?: { readonly outputs: readonly string[] };
    readonly summary?: { readonly tables: number; readonly cuts: number; readonly durationMs: number };
  };
}

export interface Live {
  /** Subscribes; the callback gets each full result. Returns how to end it. */
  watch<T>(udfPath: string, args: Readonly<Record<string, string>>, take: (value: T) => void): () => void;
}

/** Functions, not methods: pages take what they need of it. */
export interface Kit {
  readonly session: PageSession;
  readonly live: Live;
  /** The element of a part within a root. @throws when there is none. */
  readonly part: (root: ParentNode, name: string) => HTMLElement;
  readonly element: (tag: string, text?: string, attributes?: Readonly<Record<string, string>>) => HTMLElement;
  readonly toast: (type: 'success' | 'error', title: string, description?: string) => void;
  /** Goes to a page of the product without loading the document anew. */
  readonly go: (path: string) => void;
  readonly isActive: (run: RunRow | undefined) => boolean;
  readonly ago: (at: number) => string;
  readonly seconds: (ms: number) => string;
}

/** Brings a page to life; returns what ends it. */
export type Mount = (root: HTMLElement, kit: Kit) => () => void;
