/** The small language of banner cuts: `GENDER=1`, `AGE=18-34`, `S4=1,2 AND Q3>=8`, `NOT (REGION=3)`. */

/** One value or one closed range of an `=` list; `text` is a value label, or the value of a string variable. */
export type ListItem = { readonly low: number; readonly high: number } | { readonly text: string };

export type Expression =
  | { readonly kind: 'list'; readonly variable: string; readonly items: readonly ListItem[]; readonly negated: boolean }
  | {
      readonly kind: 'compare';
      readonly variable: string;
      readonly operator: '<' | '<=' | '>' | '>=';
      readonly value: number;
    }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Expression[] }
  | { readonly kind: 'not'; readonly part: Expression };

const tokenPattern = /\s*(?:(<=|>=|<>|!=|==|[()=<>,&|])|"([^"]*)"|'([^']*)'|([^\s()=<>!,&|"']+))/gy;

type Token = { readonly type: 'symbol' | 'word' | 'quoted'; readonly text: string };

function tokenize(source: string): Token[] | undefined {
  const tokens: Token[] = [];
  tokenPattern.lastIndex = 0;
  const text = source.trim();
  while (tokenPattern.lastIndex < text.length) {
    const match = tokenPattern.exec(text);
    if (!match) return undefined;
    const [, symbol, double, single, word] = match;
    if (symbol !== undefined) tokens.push({ type: 'symbol', text: symbol });
    else if (word !== undefined) tokens.push({ type: 'word', text: word });
    else tokens.push({ type: 'quoted', text: double ?? single ?? '' });
  }
  return tokens;
}

const variablePattern = /^[A-Za-z_@#$][\w.@#$]*$/;
const rangePattern = /^(-?\d+(?:\.\d+)?)(?:[-–—](-?\d+(?:\.\d+)?))?$/;

class Parser {
  private position = 0;
  constructor(private readonly tokens: readonly Token[]) {}

  parse(): Expression | undefined {
    const expression = this.either();
    return this.position === this.tokens.length ? expression : undefined;
  }

  private peekIs(...texts: string[]): boolean {
    const token = this.tokens[this.position];
    return token !== undefined && token.type !== 'quoted' && texts.includes(token.text.toUpperCase());
  }

  private take(...texts: string[]): boolean {
    if (!this.peekIs(...texts)) return false;
    this.position++;
    return true;
  }

  private either(): Expression | undefined {
    return this.chain('or', ['OR', '|'], () => this.both());
  }

  private both(): Expression | undefined {
    return this.chain('and', ['AND', '&'], () => this.term());
  }

  private chain(kind: 'and' | 'or', words: string[], next: () => Expression | undefined): Expression | undefined {
    const parts: Expression[] = [];
    do {
      const part = next();
      if (!part) return undefined;
      parts.push(part);
    } while (this.take(...words));
    return parts.length === 1 ? parts[0] : { kind, parts };
  }

  private term(): Expression | undefined {
    if (this.take('NOT')) {
      const part = this.term();
      return part && { kind: 'not', part };
    }
    if (this.take('(')) {
      const inner = this.either();
      return inner && this.take(')') ? inner : undefined;
    }
    return this.comparison();
  }

  private comparison(): Expression | undefined {
    const name = this.tokens[this.position];
    if (name?.type !== 'word' || !variablePattern.test(name.text)) return undefined;
    this.position++;
    const operator = this.tokens[this.position];
    if (operator?.type === 'word' && operator.text.toUpperCase() === 'IN') {
      this.position++;
      if (!this.take('(')) return undefined;
      const items = this.list();
      return items && this.take(')') ? { kind: 'list', variable: name.text, items, negated: false } : undefined;
    }
    if (operator?.type !== 'symbol') return undefined;
    this.position++;
    switch (operator.text) {
      case '=':
      case '==':
      case '!=':
      case '<>': {
        const items = this.list();
        return (
          items && {
            kind: 'list',
            variable: name.text,
            items,
            negated: operator.text === '!=' || operator.text === '<>',
          }
        );
      }
      case '<':
      case '<=':
      case '>':
      case '>=': {
        const value = Number(this.tokens[this.position]?.text ?? 'none');
        this.position++;
        return Number.isFinite(value)
          ? { kind: 'compare', variable: name.text, operator: operator.text, value }
          : undefined;
      }
      default:
        return undefined;
    }
  }

  private list(): ListItem[] | undefined {
    const items: ListItem[] = [];
    do {
      const item = this.item();
      if (!item) return undefined;
      items.push(item);
    } while (this.take(','));
    return items;
  }

  private item(): ListItem | undefined {
    const token = this.tokens[this.position];
    if (token === undefined || token.type === 'symbol') return undefined;
    this.position++;
    if (token.type === 'quoted') return { text: token.text };
    const range = rangePattern.exec(token.text);
    if (range) {
      const low = Number(range[1]);
      let high = Number(range[2] ?? range[1]);
      // "18 to 34" and "18 - 34" are written as often as "18-34".
      if (range[2] === undefined && this.peekIs('TO', '-', '–', '—')) {
        const upper = Number(this.tokens[this.position + 1]?.text ?? 'none');
        if (!Number.isFinite(upper)) return undefined;
        this.position += 2;
        high = upper;
      }
      return { low: Math.min(low, high), high: Math.max(low, high) };
    }
    let text = token.text;
    while (this.tokens[this.position]?.type === 'word' && !this.peekIs('AND', 'OR')) {
      text += ` ${this.tokens[this.position]?.text ?? ''}`;
      this.position++;
    }
    return { text };
  }
}

/** Parses a cut; `undefined` when the text is not an expression (free text, a note, nothing). Names are not checked. */
export function parseExpression(source: string): Expression | undefined {
  const tokens = tokenize(source);
  return tokens && tokens.length > 0 ? new Parser(tokens).parse() : undefined;
}

/** Names of the variables in an expression, in order, each once. */
export function variablesOf(expression: Expression): string[] {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return [...new Set(expression.parts.flatMap(variablesOf))];
    case 'not':
      return variablesOf(expression.part);
    default:
      return [expression.variable];
  }
}

/** The expression with every comparison replaced by what `change` makes of it. */
export function mapComparisons(
  expression: Expression,
  change: (comparison: Extract<Expression, { variable: string }>) => Expression,
): Expression {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return { kind: expression.kind, parts: expression.parts.map((part) => mapComparisons(part, change)) };
    case 'not':
      return { kind: 'not', part: mapComparisons(expression.part, change) };
    default:
      return change(expression);
  }
}

/** Writes an expression as people write it: `S4=1,2 AND AGE=18-34`. Parsing the text gives the expression back. */
export function formatExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'list': {
      const items = expression.items.map((item) =>
        'text' in item ? `"${item.text}"` : item.low === item.high ? String(item.low) : `${item.low}-${item.high}`,
      );
      return `${expression.variable}${expression.negated ? '!=' : '='}${items.join(',')}`;
    }
    case 'compare':
      return `${expression.variable}${expression.operator}${expression.value}`;
    case 'not':
      return `NOT (${formatExpression(expression.part)})`;
    default:
      return expression.parts
        .map((part) =>
          part.kind === 'and' || part.kind === 'or' ? `(${formatExpression(part)})` : formatExpression(part),
        )
        .join(expression.kind === 'and' ? ' AND ' : ' OR ');
  }
}
