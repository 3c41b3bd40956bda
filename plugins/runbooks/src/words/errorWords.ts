import { trimmedEnd } from '@backstage-runbooks/plugin-runbooks-common';
import { ResponseError } from '@backstage/errors';

/** What went wrong in words for people: never a status code alone, never raw JSON. */
export interface ErrorWords {
  title: string;
  detail: string;
  /** Trying again can help. */
  canRetry: boolean;
  /** The run that stands in the way, where the server names one. */
  runId?: string;
}

/** Tells a failed call; `what` completes "Could not ...": "load the runbooks". */
export function errorWords(error: Error, what: string): ErrorWords {
  const title = `Could not ${what}`;
  if (!(error instanceof ResponseError)) {
    return {
      title,
      detail:
        error.name === 'TypeError'
          ? 'The server could not be reached. Check the connection and try again.'
          : error.message,
      canRetry: true,
    };
  }
  const said = saidByServer(error);
  switch (error.statusCode) {
    case 401:
      return {
        title,
        detail: 'Your session has ended. Sign in again.',
        canRetry: true,
      };
    case 403:
      return {
        title,
        detail: said ?? 'You are not allowed to do this.',
        canRetry: false,
      };
    case 404:
      return {
        title,
        detail: said ?? 'It does not exist, or you may not see it.',
        canRetry: true,
      };
    case 502:
    case 503:
    case 504:
      return {
        title,
        detail:
          said ??
          'The runbooks backend does not answer yet. It may be starting.',
        canRetry: true,
      };
    default:
      return {
        title,
        ...namedRun(said ?? 'The runbooks backend answered with an error.'),
        canRetry: true,
      };
  }
}

/** The server names another run by its path, behind a colon; screens link it instead. */
function namedRun(detail: string): Pick<ErrorWords, 'detail' | 'runId'> {
  const named = /\/runbooks\/runs\/([0-9a-zA-Z-]+)/.exec(detail);
  if (!named) return { detail };
  const before = trimmedEnd(detail.slice(0, named.index), / /);
  return {
    detail:
      before.replace(/:$/, '') + detail.slice(named.index + named[0].length),
    runId: named[1],
  };
}

/** The words of the server as a sentence, where it answered with words for people. */
export function saidByServer(error: ResponseError): string | undefined {
  const said = error.body?.error?.message;
  if (!said || looksRaw(said)) return undefined;
  return /[.!?]$/.test(said) ? said : `${said}.`;
}

/** JSON, markup, a name of an error, or what stands in for an answer that was none. */
function looksRaw(text: string) {
  return /^\s*[{[]|<[a-z!/]|^Request failed with status|^\w*$/i.test(text);
}
