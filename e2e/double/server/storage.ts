/** Object storage on an origin of its own: workbooks behind addresses that are signed and expire. */
import { randomUUID } from 'node:crypto';
import { listen, Refusal, type Listening } from './http.ts';

export interface Storage extends Listening {
  /** An address from which the bytes can be had for an hour, under this name. */
  presign(bytes: Uint8Array, fileName: string): string;
}

const goodForMs = 3_600_000;

export async function openStorage(): Promise<Storage> {
  const objects = new Map<string, { readonly bytes: Uint8Array; readonly fileName: string; readonly until: number }>();
  const listening = await listen(({ url }, response) => {
    const found = objects.get(url.searchParams.get('X-Amz-Signature') ?? '');
    if (!found || found.until < Date.now()) throw new Refusal(403, 'Request has expired');
    response
      .writeHead(200, {
        'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(found.fileName)}`,
        'content-length': found.bytes.length,
      })
      .end(found.bytes);
  });
  return {
    ...listening,
    presign(bytes, fileName) {
      const signature = randomUUID();
      objects.set(signature, { bytes, fileName, until: Date.now() + goodForMs });
      return `${listening.origin}/outputs/${encodeURIComponent(fileName)}?X-Amz-Expires=3600&X-Amz-Signature=${signature}`;
    },
  };
}
