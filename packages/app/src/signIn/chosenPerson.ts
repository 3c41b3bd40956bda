const KEY = 'runbooks-demo.signed-in-as';

/**
 * Who signed in, in this browser tab only: so one tab can be the person who asks for an approval and another the
 * one who gives it.
 */
export const chosenPerson = {
  get: (): string | undefined => sessionStorage.getItem(KEY) ?? undefined,
  set: (userRef: string) => sessionStorage.setItem(KEY, userRef),
  forget: () => sessionStorage.removeItem(KEY),
};
