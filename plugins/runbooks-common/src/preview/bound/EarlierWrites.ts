import type { PlaceStep } from '../place';
import { fieldRecord, NOTE_PLACE } from './fieldRecord';
import type { ApprovedChange, WrittenField } from './model';
import { ObjectValues } from './ObjectValues';
import { inTime, type Moment, type Written } from './writtenFields';

/** By their places. */
type Fields = ReadonlyMap<string, WrittenField>;

/** What a change may build on: what the object was at the preview, and what other writes of the preview make of it. */
export class EarlierWrites {
  private readonly mayNote: boolean;
  private readonly fields: Fields;
  private readonly values: ObjectValues;
  private readonly changes: readonly Fields[];
  /** Values that writes of the preview give, by places. */
  private readonly given = new Map<string, Set<string | undefined>>();
  /** Of what would become of the object, by places: with moments as they are, and in time. */
  private readonly records = new Map<string, Array<string | undefined>>();

  constructor(
    private readonly written: Written,
    about: readonly ApprovedChange[],
    private readonly moment: Moment,
  ) {
    this.values = new ObjectValues(written.after);
    // What is noted is never compared, and an object that is created may have a note.
    this.mayNote = about.some(
      ({ kind, fields }) =>
        kind === 'create' || fields.some(({ place }) => place === NOTE_PLACE),
    );
    this.fields = this.counted(written.fields);
    this.changes = about
      .filter(({ kind }) => kind === 'change')
      .map(({ fields }) => this.counted(fields));
    for (const { fields } of about) {
      for (const { place, after } of fields) {
        const given = this.given.get(place) ?? new Set();
        this.given.set(place, given.add(after));
      }
    }
  }

  /** The places that keep a change from being a write of the preview; without one, from being nothing. */
  differingFrom(model: ApprovedChange | undefined): string[] {
    const wanted = this.counted(model?.fields ?? []);
    const isBack = memoized((change: Fields) =>
      [...change.values()].every(
        one => wanted.has(one.place) || this.is(one, 'before'),
      ),
    );
    const others = [...this.fields.values()].filter(field => {
      const want = wanted.get(field.place);
      const isBuilt = this.isGiven(field);
      if (!want) {
        // Taken back whole, but for what this write gives itself.
        const from = this.changes.filter(one => one.has(field.place));
        return !(isBuilt && from.some(isBack));
      }
      const isKnown = isBuilt || field.before === want.before;
      return field.after !== want.after || !isKnown;
    });
    const missing = [...wanted.values()].filter(
      want => !this.fields.has(want.place) && !this.is(want, 'after'),
    );
    return [...others, ...missing].map(({ place }) => place);
  }

  private counted(fields: readonly WrittenField[]): Fields {
    const counted = fields.filter(
      ({ place }) => !(this.mayNote && place === NOTE_PLACE),
    );
    return new Map(counted.map(field => [field.place, field]));
  }

  /** Whether a write of the preview gives the value from which a field would go. */
  private isGiven({ place, before, timed }: WrittenField): boolean {
    const given = this.given.get(place);
    if (given === undefined) return false;
    return given.has(before) || (timed !== undefined && given.has(timed));
  }

  /** Whether what the object would be has the value of a field that it had, or was given, in the preview. */
  private is(field: WrittenField, when: 'before' | 'after'): boolean {
    const { place } = field;
    const own = this.fields.get(place);
    if (own) return own.after === field[when];
    const steps = JSON.parse(place) as PlaceStep[];
    // The order of a list that this change leaves alone.
    if (steps.at(-1) === null) return true;
    const { isSecret } = this.written;
    const value = this.values.at(steps);
    const records =
      this.records.get(place) ??
      [value, inTime(value, this.moment)].map(one =>
        fieldRecord(steps, one, isSecret),
      );
    this.records.set(place, records);
    return records.includes(field[when]);
  }
}

function memoized<T>(ask: (about: T) => boolean): (about: T) => boolean {
  const known = new Map<T, boolean>();
  return about => {
    const answer = known.get(about) ?? ask(about);
    known.set(about, answer);
    return answer;
  };
}
