import { OpenStreams } from './OpenStreams';

const MAYA = 'user:default/maya';

describe('live views of one person', () => {
  it('are refused beyond the limit, before anything is done, and possible again when one is closed', async () => {
    const streams = new OpenStreams({ streamsPerPerson: 2 });
    let close = () => {};
    const first = streams.during(
      MAYA,
      () =>
        new Promise<void>(resolve => {
          close = resolve;
        }),
    );
    const second = streams.during(MAYA, () => new Promise<void>(() => {}));
    const begun = jest.fn(async () => 'begun');
    await expect(streams.during(MAYA, begun)).rejects.toMatchObject({
      status: 429,
      message:
        'You have 2 live views open, and may have 2 (runbooks.limits.streamsPerPerson); close some of their pages',
    });
    expect(begun).not.toHaveBeenCalled();
    expect(await streams.during('user:default/tomas', begun)).toBe('begun');
    close();
    await first;
    expect(await streams.during(MAYA, begun)).toBe('begun');
    expect(second).toBeInstanceOf(Promise);
  });

  it('count no more where one ended with an error', async () => {
    const streams = new OpenStreams({ streamsPerPerson: 1 });
    await expect(
      streams.during(MAYA, async () => {
        throw new Error('gone');
      }),
    ).rejects.toThrow('gone');
    expect(await streams.during(MAYA, async () => 'begun')).toBe('begun');
  });
});
