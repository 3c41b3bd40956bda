import { InputError } from '@backstage/errors';
import { duplicateKey } from '@backstage-runbooks/plugin-runbooks-common';
import express, { type RequestHandler } from 'express';

const MAX_REQUEST_BYTES = '256kb';

/** Bodies as they came, until they were looked at. */
const texts = new WeakMap<object, string>();

/** Reads JSON bodies of at most 256 kB. @throws InputError for one that has a key twice, with its place. */
export function jsonBody(): RequestHandler[] {
  return [
    express.json({
      limit: MAX_REQUEST_BYTES,
      verify: (req, _res, body, charset) => {
        if (charset !== 'utf-8') {
          throw Object.assign(
            new Error(`The charset is '${charset}'; expected UTF-8`),
            { status: 415 },
          );
        }
        texts.set(req, body.toString());
      },
    }),
    (req, _res, next) => {
      const text = texts.get(req);
      texts.delete(req);
      const key = text === undefined ? undefined : duplicateKey(text);
      next(
        key === undefined
          ? undefined
          : new InputError(`${key}: stands twice; expected one value`),
      );
    },
  ];
}
