import type { Contact } from '../model';

/** A contact of what is known of it; what is not known is left out. */
export function contactOf(
  facts: { name: string } & Partial<
    Record<'role' | 'phone' | 'email' | 'slack', string | undefined>
  >,
  other: Record<string, string>,
  line: number,
): Contact {
  const { name, role, phone, email, slack } = facts;
  return {
    name,
    ...(role ? { role } : {}),
    ...(phone ? { phone } : {}),
    ...(email ? { email } : {}),
    ...(slack ? { slack } : {}),
    other,
    line,
  };
}
