import { MiddlewareFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { mockServices } from '@backstage/backend-test-utils';
import express from 'express';
import request from 'supertest';
import { jsonBody } from './jsonBody';

describe('a body', () => {
  const app = express()
    .use(jsonBody())
    .post('/', (req, res) => {
      res.json(req.body);
    })
    .use(
      MiddlewareFactory.create({
        logger: mockServices.logger.mock(),
        config: mockServices.rootConfig(),
      }).error(),
    );
  const send = (text: string) =>
    request(app).post('/').set('content-type', 'application/json').send(text);

  it('is taken where each key stands once', async () => {
    expect((await send('{"a":{"b":"{"},"b":1}')).body).toEqual({
      a: { b: '{' },
      b: 1,
    });
  });

  it('with a key that stands twice is refused with its place, not read as the last of them', async () => {
    const { status, body } = await send(
      '{"entityRef":"component:default/mine","parameters":{"N":"1","N":"2"}}',
    );
    expect(status).toBe(400);
    expect(body.error.message).toBe(
      'parameters.N: stands twice; expected one value',
    );
  });

  it('of another charset than the one that is looked at is refused', async () => {
    const { status } = await request(app)
      .post('/')
      .set('content-type', 'application/json; charset=utf-16le')
      .send(Buffer.from('{"a":1}', 'utf16le').toString('latin1'));
    expect(status).toBe(415);
  });

  it('that is no JSON, or too large, is refused', async () => {
    expect((await send('{"a":')).status).toBe(400);
    expect((await send(`"${'x'.repeat(300_000)}"`)).status).toBe(413);
  });
});
