/** Where a link or an image of prose leads, as far as it may be followed and as far as it must be told. */
export interface ProseAddress {
  /** What may be followed; missing where nothing may. */
  href?: string;
  /** What is told beside the text; missing where the text says it. */
  tells?: string;
}

/** The protocols that a document may link to; all others are only told. */
const FOLLOWED = new Set(['https:', 'http:', 'mailto:']);

/**
 * Reads an address that the author of a document wrote. Followed are whole addresses of the web and of mail, with
 * `//host` taken as the other host that it is. Where the text is not itself the address, the host is told; what is not
 * followed is told as it was written.
 */
export function proseAddress(written: string, text: string): ProseAddress {
  const url = parsed(written);
  if (!url || !FOLLOWED.has(url.protocol)) {
    return written === '' || written === text ? {} : { tells: written };
  }
  const place = url.protocol === 'mailto:' ? url.pathname : url.host;
  const isTold = [place, written, url.href, `${url.protocol}//${place}`]
    .concat(url.protocol === 'mailto:' ? `mailto:${place}` : [])
    .includes(text.trim());
  return { href: url.href, ...(isTold ? {} : { tells: place }) };
}

/** A browser takes `//host`, and the same with backslashes, as another host; anything else without protocol is not whole. */
function parsed(written: string): URL | undefined {
  try {
    return new URL(written.trim().replace(/^[\\/]{2,}/, 'https://'));
  } catch {
    return undefined;
  }
}
