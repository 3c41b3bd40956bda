import { ResponseError } from '@backstage/errors';

/** What the client throws when the server answers with an error. */
export async function answeredWith(
  statusCode: number,
  message: string,
  name: string = 'NotAllowedError',
): Promise<ResponseError> {
  return ResponseError.fromResponse(
    new Response(
      JSON.stringify({
        error: { name, message },
        response: { statusCode },
      }),
      {
        status: statusCode,
        headers: { 'content-type': 'application/json' },
      },
    ),
  );
}
